import type { Clock } from '../clock'
import type { Log } from '../context'
import { makeRegions, type Regions } from '../state/region'
import { type Keeper, makeKeeper } from './keeper'
import { openLibsqlStore } from './libsql-store'
import { type ProcessLedger, startProcessLedger } from './process-ledger'
import { makeProcessTable } from './process-table'
import { restoreState } from './restore-state'
import { makeStateFolder, readOwner, writeOwner } from './state-folder'
import type { Store } from './store'
import { codeOf, corrupt, inUse, toStoreError } from './store-error'
import { sweepProcesses } from './sweep'
import { makeTrackedState, type TrackedState } from './tracked-state'

/** The state of a local cloud that keeps it in a folder. */
export type KeptState = {
  readonly folder: string
  readonly regions: Regions
  readonly tracked: TrackedState
  readonly keeper: Keeper
  readonly ledger: ProcessLedger
  /** The folder held a state already. */
  readonly restored: boolean
  /** Empties the regions, and the store with the next write. */
  empty(): void
  /** Lets go of the folder. */
  close(): Promise<void>
}

/**
 * Takes hold of a state folder, makes it when it is not there, ends task processes that an earlier local cloud left
 * behind and reads what it had stored. Rejects with a `StoreError` in words for a person.
 */
export async function openKeptState(folder: string, world: { clock: Clock; log: Log }): Promise<KeptState> {
  const store = await hold(folder)
  try {
    const table = makeProcessTable()
    const swept = sweepProcesses(folder, table)
    if (swept > 0)
      world.log('info', `Ended ${swept} task processes that an earlier local cloud had left behind.`)
    const tracked: TrackedState = makeTrackedState(() => keeper.onTouched())
    const keeper: Keeper = makeKeeper({ store, tracked, ...world })
    const regions = makeRegions(tracked.makeRegion)
    const rows = await store.load()
    try {
      restoreState(rows, tracked, regions.of)
    } catch (error) {
      throw corrupt(folder, error instanceof Error ? error.message : String(error))
    }
    keeper.knows(rows)
    return {
      folder,
      regions,
      tracked,
      keeper,
      ledger: startProcessLedger(folder, table.bootId, (pid) => table.see(pid)?.started),
      restored: store.restored,
      empty() {
        regions.clear()
        tracked.clear()
        keeper.empty()
      },
      close: store.close,
    }
  } catch (error) {
    // Why it cannot be used is what matters, not what else goes wrong with it.
    await store.close().catch(() => undefined)
    throw toStoreError(error, folder)
  }
}

async function hold(folder: string): Promise<Store> {
  try {
    makeStateFolder(folder)
    const store = await openLibsqlStore(folder)
    writeOwner(folder, `pid ${process.pid}`)
    return store
  } catch (error) {
    if (codeOf(error) === 'SQLITE_BUSY') throw inUse(folder, readOwner(folder))
    throw toStoreError(error, folder)
  }
}
