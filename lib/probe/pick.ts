/** Chooses one of `count` addresses for the next call: an index from 0 to `count - 1`. */
export type Picker = (count: number) => number

/**
 * Round robin from a random start: over a run every instance gets its turn, so none goes untested by bad luck.
 *
 * @param chance 0 to below 1
 */
export const makeRoundRobin = (chance: () => number): Picker => {
  let turn: number | null = null
  return (count) => {
    turn = turn === null ? Math.floor(chance() * count) : turn + 1
    return turn % count
  }
}
