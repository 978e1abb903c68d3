import { makeRegions, type Regions } from '@/lib/emulator/state/region'
import { type Keeper, makeKeeper } from '@/lib/emulator/store/keeper'
import { makeRecordEncoder } from '@/lib/emulator/store/record-codec'
import { RecordMap } from '@/lib/emulator/store/record-map'
import { restoreState } from '@/lib/emulator/store/restore-state'
import type { Row, RowChanges, Store } from '@/lib/emulator/store/store'
import { makeTrackedState, type TrackedState } from '@/lib/emulator/store/tracked-state'
import { type ManualClock, makeManualClock } from './manual-clock'

/** A store without a disk, which can be broken. */
export type MemoryStore = Store & {
  readonly rows: Map<string, string>
  readonly writes: RowChanges[]
  /** While set, every write fails with it. */
  fault: Error | undefined
  /** While set, writes wait for it. */
  hold: Promise<void> | undefined
}

export function makeMemoryStore(): MemoryStore {
  const rows = new Map<string, string>()
  const store: MemoryStore = {
    rows,
    writes: [],
    fault: undefined,
    hold: undefined,
    restored: false,
    load: async () => rowsOf(rows),
    async write(changes) {
      await store.hold
      if (store.fault) throw store.fault
      store.writes.push(changes)
      if (changes.clear) rows.clear()
      for (const path of changes.remove) rows.delete(path)
      for (const { path, value } of changes.put) rows.set(path, value)
    },
    close: async () => {},
  }
  return store
}

export const rowsOf = (rows: ReadonlyMap<string, string>): Row[] =>
  Array.from(rows, ([path, value]) => ({ path, value }))

/** Regions that are kept in a memory store. */
export type KeptRegions = {
  readonly store: MemoryStore
  readonly tracked: TrackedState
  readonly keeper: Keeper
  readonly regions: Regions
  readonly clock: ManualClock
  readonly lines: string[]
}

export function keepRegions(store = makeMemoryStore()): KeptRegions {
  const clock = makeManualClock()
  const lines: string[] = []
  const tracked: TrackedState = makeTrackedState(() => keeper.onTouched())
  const log = (level: string, message: string) => lines.push(`${level} ${message}`)
  const keeper: Keeper = makeKeeper({ store, tracked, clock, log })
  return { store, tracked, keeper, regions: makeRegions(tracked.makeRegion), clock, lines }
}

/** What a restart would make of these rows. */
export function restoredFrom(rows: ReadonlyMap<string, string>): KeptRegions {
  const kept = keepRegions()
  for (const [path, value] of rows) kept.store.rows.set(path, value)
  kept.keeper.knows(rowsOf(rows))
  restoreState(rowsOf(rows), kept.tracked, kept.regions.of)
  return kept
}

/** The rows of the whole state, by looking at all of it: what a store that missed nothing holds. */
export function allRows(regions: Regions): Map<string, string> {
  const encode = makeRecordEncoder()
  const rows = new Map<string, string>()
  const add = (map: RecordMap): void => {
    for (const [key, record] of map) {
      const path = [...map.path, key]
      const { layout } = map
      if (layout.isList && Array.isArray(record))
        for (const [index, element] of record.entries())
          rows.set(JSON.stringify([...path, String(index)]), encode(element, layout))
      else rows.set(JSON.stringify(path), encode(record, layout))
      for (const name of Object.keys(layout.collections ?? {})) {
        const inner: unknown = Reflect.get(record as object, name)
        if (inner instanceof RecordMap) add(inner)
      }
    }
  }
  for (const { ecs, cloudMap } of regions.all())
    for (const member of [...Object.values(ecs), ...Object.values(cloudMap)])
      if (member instanceof RecordMap) add(member)
  return rows
}
