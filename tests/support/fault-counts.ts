import type { Way } from './run-into-fault'

const columns: Readonly<Record<Way, string>> = {
  retry: 'complete after Retry',
  undo: 'nothing left after Undo',
  'undo again': 'nothing left after an Undo that failed and was done again',
}
const ways = ['retry', 'undo', 'undo again'] as const

/** How often each kind of fault ended as it should. */
export type FaultCounts = {
  add(point: string, way: Way): void
  total(): number
  /** The table by kinds of faults, then one line of sums. */
  print(what: string): void
}

export function countFaults(): FaultCounts {
  const counts = new Map<string, Record<Way, number>>()
  const sum = (way: Way) => [...counts.values()].reduce((all, count) => all + count[way], 0)
  const total = () => ways.reduce((all, way) => all + sum(way), 0)
  return {
    add(point, way) {
      const known = counts.get(point) ?? { retry: 0, undo: 0, 'undo again': 0 }
      counts.set(point, { ...known, [way]: known[way] + 1 })
    },
    total,
    print(what) {
      const width = Math.max(...[...counts.keys()].map(({ length }) => length))
      const cell = (value: number) => String(value).padStart(6)
      const lines = [...counts].map(
        ([point, count]) => `  ${point.padEnd(width)}${ways.map((way) => cell(count[way])).join('')}`,
      )
      const sums = ways.map((way) => `${sum(way)} ${columns[way]}`).join(', ')
      console.log(
        [
          `${what}: (1) ${columns.retry}, (2) ${columns.undo}, (3) ${columns['undo again']}`,
          `  ${' '.repeat(width)}   (1)   (2)   (3)`,
          ...lines,
          `${what}: ${total()} faults: ${sums}; no orphans, no duplicates`,
        ].join('\n'),
      )
    },
  }
}
