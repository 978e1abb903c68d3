/** Cuts a stream of bytes into lines. */
export type LineSplitter = {
  /** The lines that this chunk completed, without their line ends. Empty lines are left out, as awslogs does. */
  push(chunk: Buffer): string[]
  /** What stands in an unfinished line, which is then over. */
  flush(): string[]
}

/** A CloudWatch Logs event has at most 256 KiB of which 26 bytes are its own (PutLogEvents); awslogs cuts there. */
export const maxLineBytes = 262_144 - 26

const newline = 10

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** The largest cut ≤ `limit` that does not fall inside a UTF-8 character. */
function cutAt(bytes: Buffer, limit: number): number {
  let cut = limit
  while (cut > limit - 3 && isContinuation(bytes[cut])) cut--
  return isContinuation(bytes[cut]) ? limit : cut
}

/** Holds at most `maxBytes` between chunks; longer lines are cut into several. */
export function makeLineSplitter(maxBytes: number = maxLineBytes): LineSplitter {
  let pending: Buffer[] = []
  let pendingBytes = 0

  const take = (): Buffer => {
    const whole = pending.length === 1 && pending[0] ? pending[0] : Buffer.concat(pending, pendingBytes)
    pending = []
    pendingBytes = 0
    return whole
  }

  const addLine = (lines: string[], bytes: Buffer): void => {
    let rest = bytes
    while (rest.length > maxBytes) {
      const cut = cutAt(rest, maxBytes)
      lines.push(rest.toString('utf8', 0, cut))
      rest = rest.subarray(cut)
    }
    const end = rest.at(-1) === 13 ? rest.length - 1 : rest.length
    if (end > 0) lines.push(rest.toString('utf8', 0, end))
  }

  return {
    push(chunk) {
      const lines: string[] = []
      let from = 0
      for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
        pending.push(chunk.subarray(from, at))
        pendingBytes += at - from
        addLine(lines, take())
        from = at + 1
      }
      if (from < chunk.length) {
        // A copy: a slice would keep the whole chunk alive for as long as the line is unfinished.
        pending.push(Buffer.from(chunk.subarray(from)))
        pendingBytes += chunk.length - from
      }
      while (pendingBytes > maxBytes) {
        const whole = take()
        const cut = cutAt(whole, maxBytes)
        lines.push(whole.toString('utf8', 0, cut))
        pending = [whole.subarray(cut)]
        pendingBytes = whole.length - cut
      }
      return lines
    },
    flush() {
      const lines: string[] = []
      addLine(lines, take())
      return lines
    },
  }
}
