/** When which subject has to be looked at again; the latest word about a subject counts. */
export type DueQueue<T> = {
  /** Sets or, without a time, takes away when the subject is due. */
  set(subject: T, atMs: number | undefined): void
  /** The earliest due time; undefined when nothing is due ever. */
  nextAtMs(): number | undefined
  /** Takes out everything that is due by now. */
  takeDue(nowMs: number): T[]
  readonly size: number
}

type Entry<T> = { readonly atMs: number; readonly subject: T }

/** A binary heap that skips entries which were overtaken by a later word. */
export function makeDueQueue<T>(): DueQueue<T> {
  const heap: Entry<T>[] = []
  const current = new Map<T, Entry<T>>()

  const at = (index: number): number => heap[index]?.atMs ?? Number.POSITIVE_INFINITY
  const swap = (a: number, b: number): void => {
    const first = heap[a]
    const second = heap[b]
    if (first === undefined || second === undefined) return
    heap[a] = second
    heap[b] = first
  }
  const push = (entry: Entry<T>): void => {
    heap.push(entry)
    let index = heap.length - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (at(parent) <= at(index)) break
      swap(parent, index)
      index = parent
    }
  }
  const removeFirst = (): void => {
    swap(0, heap.length - 1)
    heap.pop()
    let index = 0
    for (;;) {
      const left = index * 2 + 1
      const least = at(left + 1) < at(left) ? left + 1 : left
      if (at(least) >= at(index)) break
      swap(index, least)
      index = least
    }
  }
  /** The first entry that still counts. */
  const first = (): Entry<T> | undefined => {
    while (heap[0] && current.get(heap[0].subject) !== heap[0]) removeFirst()
    return heap[0]
  }

  return {
    set(subject, atMs) {
      if (current.get(subject)?.atMs === atMs) return
      if (atMs === undefined) {
        current.delete(subject)
        return
      }
      const entry = { atMs, subject }
      current.set(subject, entry)
      push(entry)
    },
    nextAtMs: () => first()?.atMs,
    takeDue(nowMs) {
      const due: T[] = []
      for (let entry = first(); entry && entry.atMs <= nowMs; entry = first()) {
        current.delete(entry.subject)
        due.push(entry.subject)
      }
      return due
    },
    get size() {
      return current.size
    },
  }
}
