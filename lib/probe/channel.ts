/** A bounded queue between those who make events and the one who sends them on. */
export type Channel<T> = AsyncIterable<T> & {
  /** Waits while the queue is full: a slow reader slows the makers. Resolves false when nobody reads any more. */
  send(item: T): Promise<boolean>
  /** No more items; the reader gets what is still queued. */
  close(): void
  /** As `close`, but the reader gets `error` at the end. */
  fail(error: unknown): void
}

/** A channel that holds at most `capacity` items. One reader. */
export const makeChannel = <T>(capacity: number): Channel<T> => {
  const queue: T[] = []
  let ended = false
  let failure: { readonly error: unknown } | null = null
  let abandoned = false
  let waitingReaders: (() => void)[] = []
  let waitingMakers: (() => void)[] = []
  const wakeReaders = () => {
    const wake = waitingReaders
    waitingReaders = []
    for (const resume of wake) resume()
  }
  const wakeMakers = () => {
    const wake = waitingMakers
    waitingMakers = []
    for (const resume of wake) resume()
  }

  const end = (error: { readonly error: unknown } | null) => {
    if (ended) return
    ended = true
    failure = error
    wakeReaders()
    wakeMakers()
  }

  async function* read(): AsyncGenerator<T> {
    try {
      for (;;) {
        while (queue.length > 0) {
          const [item] = queue.splice(0, 1)
          wakeMakers()
          if (item !== undefined) yield item
        }
        if (ended) break
        await new Promise<void>((resume) => waitingReaders.push(resume))
      }
      if (failure) throw failure.error
    } finally {
      abandoned = true
      wakeMakers()
    }
  }

  return {
    [Symbol.asyncIterator]: () => read(),
    async send(item) {
      while (queue.length >= capacity && !abandoned && !ended)
        await new Promise<void>((resume) => waitingMakers.push(resume))
      if (abandoned || ended) return false
      queue.push(item)
      wakeReaders()
      return true
    },
    close: () => end(null),
    fail: (error) => end({ error }),
  }
}
