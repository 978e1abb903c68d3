/** What a key press comes to where there is no terminal: bytes to show, bytes for the program, or a signal. */
export type LineOutcome = {
  readonly echo: Buffer
  readonly input: Buffer
  readonly signal?: 'SIGINT' | 'SIGQUIT'
  /** The program's input ends (Ctrl-D on an empty line). */
  readonly end: boolean
}

/** A line may be this long; what is typed beyond is not taken. As in Linux's own terminals. */
const maxLineBytes = 4_096

const key = {
  interrupt: 0x03,
  end: 0x04,
  backspace: 0x08,
  lineFeed: 0x0a,
  enter: 0x0d,
  killLine: 0x15,
  quit: 0x1c,
  delete: 0x7f,
}

/**
 * The least a terminal does, for systems without one to give: echoes, lets a line be corrected, and hands it over whole. Programs
 * that draw (vi, top) need more and have to be used elsewhere.
 */
export function makeLineDiscipline(): { take(bytes: Buffer): LineOutcome } {
  let line: number[] = []
  return {
    take(bytes) {
      const echo: number[] = []
      const input: number[] = []
      let signal: LineOutcome['signal']
      let end = false
      for (const byte of bytes) {
        if (byte === key.enter || byte === key.lineFeed) {
          echo.push(key.enter, key.lineFeed)
          input.push(...line, key.lineFeed)
          line = []
        } else if (byte === key.backspace || byte === key.delete) {
          if (line.pop() !== undefined) echo.push(key.backspace, 0x20, key.backspace)
        } else if (byte === key.killLine) {
          for (const _ of line) echo.push(key.backspace, 0x20, key.backspace)
          line = []
        } else if (byte === key.interrupt || byte === key.quit) {
          echo.push(0x5e, byte + 0x40, key.enter, key.lineFeed)
          line = []
          signal = byte === key.interrupt ? 'SIGINT' : 'SIGQUIT'
        } else if (byte === key.end) {
          if (line.length === 0) end = true
          input.push(...line)
          line = []
        } else if (line.length < maxLineBytes) {
          line.push(byte)
          echo.push(byte)
        }
      }
      return { echo: Buffer.from(echo), input: Buffer.from(input), end, ...(signal && { signal }) }
    },
  }
}
