/** Runs pieces of work one after the other, in the order in which they were asked for. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    // The next one does not care how this one ended; its own caller hears of it.
    last = turn.catch(() => undefined)
    return turn
  }
}
