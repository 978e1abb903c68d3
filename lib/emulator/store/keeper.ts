import { createHash } from 'node:crypto'
import type { Clock } from '../clock'
import type { Log } from '../context'
import { makeRecordEncoder } from './record-codec'
import type { Row, Store } from './store'
import { notWritten, type StoreError } from './store-error'
import type { Path, TrackedState } from './tracked-state'

/** Keeps the store equal to the state: after each write it holds the whole state as it was at one moment. */
export type Keeper = {
  /** Stores all that was changed until now; undefined when all is stored. Rejects with a `StoreError`. */
  keep(): Promise<void> | undefined
  /** Why the last attempt failed; undefined after one that did not. */
  readonly failure: StoreError | undefined
  /** Something was touched: stores it before long, whoever waits or not. */
  onTouched(): void
  /** What lies in the store already, so that it is not written again. */
  knows(rows: readonly Row[]): void
  /** The state was emptied: so is the store, with the next `keep`. */
  empty(): void
  /** Stores what is left. After it nothing more is stored. */
  finish(): Promise<void>
}

export type KeeperOptions = {
  readonly store: Pick<Store, 'write'>
  readonly tracked: Pick<TrackedState, 'take' | 'putBack' | 'find' | 'mapOf' | 'isTouched' | 'freeze'>
  readonly clock: Clock
  readonly log: Log
  /** Calls back when the requests that have arrived are handled, so that one write serves them all. */
  readonly afterRequests?: (callback: () => void) => void
}

/** What nobody waits for, the steps of tasks above all, is stored this late. */
const lazyMs = 250
const retryMs = 1_000

/** A row is known by its digest; the texts themselves would double the memory of the state. */
const digestOf = (text: string): string => createHash('sha1').update(text).digest('base64')

/** Starts with an empty store; see `knows`. */
export function makeKeeper({
  store,
  tracked,
  clock,
  log,
  afterRequests = setImmediate,
}: KeeperOptions): Keeper {
  const encode = makeRecordEncoder()
  const digests = new Map<string, string>()
  let mustClear = false
  let failure: StoreError | undefined
  let isFinished = false
  let waiting: Promise<void> | undefined
  let writing: Promise<void> | undefined
  let cancelLazy: (() => void) | undefined

  const changesOf = (paths: readonly Path[], clear: boolean) => {
    const put: (Row & { readonly digest: string })[] = []
    const remove: string[] = []
    const compare = (path: Path, value: string | undefined): void => {
      const text = JSON.stringify(path)
      const before = clear ? undefined : digests.get(text)
      if (value === undefined) {
        if (before !== undefined) remove.push(text)
        return
      }
      const digest = digestOf(value)
      if (digest !== before) put.push({ path: text, value, digest })
    }
    for (const path of paths) {
      const found = tracked.find(path)
      const layout = found?.map.layout ?? tracked.mapOf(path)?.layout
      if (!layout?.isList) compare(path, found && encode(found.record, found.map.layout))
      else if (Array.isArray(found?.record))
        for (const [index, element] of found.record.entries())
          compare([...path, String(index)], encode(element, layout))
    }
    return { put, remove }
  }

  const writeAll = async (): Promise<void> => {
    cancelLazy?.()
    cancelLazy = undefined
    const paths = tracked.take()
    const clear = mustClear
    mustClear = false
    try {
      const { put, remove } = changesOf(paths, clear)
      if (clear || put.length + remove.length > 0) await store.write({ clear, put, remove })
      if (clear) digests.clear()
      for (const { path, digest } of put) digests.set(path, digest)
      for (const path of remove) digests.delete(path)
      if (failure) log('info', 'The local cloud can store changes again.')
      failure = undefined
    } catch (error) {
      if (!failure) log('error', notWritten(error).message)
      failure = notWritten(error)
      mustClear ||= clear
      tracked.putBack(paths)
      throw failure
    }
  }

  /** Those who ask while one write is under way share the next. */
  const keep = (): Promise<void> | undefined => {
    if (!tracked.isTouched && !mustClear) return waiting ?? writing
    waiting ??= (async () => {
      await new Promise<void>((resolve) => afterRequests(resolve))
      await writing?.catch(() => undefined)
      waiting = undefined
      writing = writeAll().finally(() => {
        writing = undefined
      })
      await writing
    })()
    return waiting
  }

  const keepLazily = (): void => {
    cancelLazy = undefined
    // The failure is told when it begins and to everybody who waits; here nobody does.
    keep()?.catch(() => undefined)
  }

  return {
    keep,
    get failure() {
      return failure
    },
    onTouched() {
      if (!isFinished) cancelLazy ??= clock.after(failure ? retryMs : lazyMs, keepLazily)
    },
    knows(rows) {
      for (const { path, value } of rows) digests.set(path, digestOf(value))
    },
    empty() {
      mustClear = true
    },
    async finish() {
      isFinished = true
      try {
        await keep()
      } finally {
        tracked.freeze()
        cancelLazy?.()
      }
    },
  }
}
