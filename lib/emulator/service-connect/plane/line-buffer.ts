/** A proxy under load writes thousands of lines a second: they travel together, and the overflow is told instead of kept. */
export type LineBuffer = {
  add(id: number, lines: readonly string[]): void
  /** Sends at once what this proxy has said so far. */
  flush(id: number): void
}

const collectMs = 50
const most = 2_000

/** Collects lines for a moment and hands them on in batches of at most 2,000 a proxy. */
export function makeLineBuffer(send: (id: number, lines: readonly string[]) => void): LineBuffer {
  const pending = new Map<number, { lines: string[]; dropped: number }>()
  let waiting = false

  const sendOf = (id: number): void => {
    const { lines, dropped } = pending.get(id) ?? { lines: [], dropped: 0 }
    pending.delete(id)
    if (dropped > 0) lines.push(`[warning] ${dropped} lines left out: too many at once`)
    if (lines.length > 0) send(id, lines)
  }

  return {
    add(id, lines) {
      const entry = pending.get(id) ?? { lines: [], dropped: 0 }
      pending.set(id, entry)
      for (const line of lines) {
        if (entry.lines.length < most) entry.lines.push(line)
        else entry.dropped++
      }
      if (waiting) return
      waiting = true
      setTimeout(() => {
        waiting = false
        for (const each of [...pending.keys()]) sendOf(each)
      }, collectMs)
    },
    flush: sendOf,
  }
}
