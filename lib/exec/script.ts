/** One word of a POSIX shell, whatever is in it. NUL cannot stand in a command line at all. */
export function quoteWord(word: string): string {
  if (word.includes('\0')) throw new RangeError('A NUL byte cannot be part of a command.')
  return `'${word.replaceAll("'", "'\\''")}'`
}

/** The ends of what a script writes, as they stand in the output. */
export type Marks = { readonly begin: string; readonly end: string }

/** @param secret random text that the script's own output does not hold */
export const makeMarks = (secret: string): Marks => ({
  begin: `<switchboard ${secret} `,
  end: `> ${secret} `,
})

/**
 * What ExecuteCommand is asked to run: `sh -c` with the script between two marks, the second with the exit code. A session never
 * tells an exit code by itself. The marks are put together while it runs, so that a terminal that shows the command does not hold
 * them. The agent splits the command like a shell (google/shlex) and starts `sh` itself.
 */
export function toCommand(script: string, secret: string): string {
  const wrapped = [
    `s=${quoteWord(secret)}`,
    `printf '<switchboard %s \\n' "$s"`,
    `( ${script}\n)`,
    `printf '\\n> %s %s\\n' "$s" "$?"`,
  ].join('\n')
  return `sh -c ${quoteWord(wrapped)}`
}

/**
 * What stands between the marks, or how far it came. A terminal writes every line feed as carriage return and line feed; taken back, the
 * bytes are those of the script again. Text is Latin-1, one character per byte.
 */
export function readOutput(
  raw: Buffer,
  marks: Marks,
): { readonly begun: boolean; readonly output: Buffer; readonly exitCode: number | null } {
  const text = raw.toString('latin1').replaceAll('\r\n', '\n')
  const begin = text.indexOf(`${marks.begin}\n`)
  if (begin === -1) return { begun: false, output: Buffer.alloc(0), exitCode: null }
  const from = begin + marks.begin.length + 1
  const end = text.indexOf(`\n${marks.end}`, from - 1)
  const code = end === -1 ? undefined : /^(\d{1,3})\n/.exec(text.slice(end + 1 + marks.end.length))?.[1]
  const to = code === undefined ? text.length : Math.max(from, end)
  return {
    begun: true,
    output: Buffer.from(text.slice(from, to), 'latin1'),
    exitCode: code === undefined ? null : Number(code),
  }
}
