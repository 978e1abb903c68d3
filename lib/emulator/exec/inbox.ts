/** What is received so far of one direction: the next number, and what came too early. */
export type Inbox<T> = {
  /** Takes a message. What can be handled now comes back in order; `refused` when too much came too early. */
  take(sequenceNumber: number, message: T): { readonly ready: readonly T[]; readonly refused: boolean }
}

/** As many as session-manager-plugin buffers. */
export const maxEarly = 10_000

/**
 * Puts numbered messages in order: the expected one goes on at once and draws those that waited for it, a later one waits, an
 * earlier one was handled already (its acknowledgement was lost).
 */
export function makeInbox<T>(): Inbox<T> {
  const early = new Map<number, T>()
  let expected = 0
  return {
    take(sequenceNumber, message) {
      if (sequenceNumber < expected) return { ready: [], refused: false }
      if (sequenceNumber > expected) {
        if (early.size >= maxEarly && !early.has(sequenceNumber)) return { ready: [], refused: true }
        early.set(sequenceNumber, message)
        return { ready: [], refused: false }
      }
      const ready = [message]
      expected++
      for (let next = early.get(expected); next !== undefined; next = early.get(expected)) {
        early.delete(expected)
        ready.push(next)
        expected++
      }
      return { ready, refused: false }
    },
  }
}
