import type { Scope } from '../scope'
import { emptyCloudMap } from '../state/cloud-map'
import { emptyEcs, type ServiceRecord, type TaskRecord } from '../state/ecs'
import type { RegionState } from '../state/region'
import { layouts, unstored } from './layout'
import { RecordMap, type Touch, TouchingSet } from './record-map'

/** The place of a record: account, region, section (`ecs`, `cloudMap`), Map, key and so on, in turns. */
export type Path = readonly string[]

/** The state of all regions, and what in it may have changed since it was last taken. */
export type TrackedState = {
  /** For `makeRegions`. */
  makeRegion(scope: Scope): RegionState
  /** The Map entry at a path now; undefined when there is none. */
  find(path: Path): { readonly record: unknown; readonly map: RecordMap } | undefined
  /** The RecordMap that holds the record at a path. */
  mapOf(path: Path): RecordMap | undefined
  /** Gives and forgets everything that was touched. */
  take(): Path[]
  /** Puts back what was taken and could not be stored. */
  putBack(paths: Iterable<Path>): void
  readonly isTouched: boolean
  /** Runs something that changes nothing: what it fetches does not count as touched. */
  untracked<T>(read: () => T): T
  /** Forgets all regions and everything that was touched. */
  clear(): void
  /** Nothing counts as touched from now on. */
  freeze(): void
}

/** `onTouched` is called at the first touch after each `take`. */
export function makeTrackedState(onTouched: () => void): TrackedState {
  const regions = new Map<string, RegionState>()
  let touched = new Map<string, Path>()
  let isTracking = true
  let isFrozen = false

  const touch: Touch = (map, key) => {
    if (!isTracking || isFrozen) return
    const path = [...map, key]
    const text = JSON.stringify(path)
    if (touched.has(text)) return
    touched.set(text, path)
    if (touched.size === 1) onTouched()
  }

  const mapOf = (path: Path): RecordMap | undefined => {
    const [account, region, section, name, ...rest] = path
    const state = regions.get(`${account}/${region}`)
    let holder: unknown =
      section === 'ecs' ? state?.ecs : section === 'cloudMap' ? state?.cloudMap : undefined
    let map = memberMap(holder, name)
    for (let index = 0; index + 2 < rest.length; index += 2) {
      holder = map?.peek(rest[index] ?? '')
      map = memberMap(holder, rest[index + 1])
    }
    return map
  }

  return {
    makeRegion(scope) {
      const { accountId, region } = scope
      const ecs = trackSection([accountId, region, 'ecs'], layouts.ecs, emptyEcs(), touch)
      const cloudMap = trackSection([accountId, region, 'cloudMap'], layouts.cloudMap, emptyCloudMap(), touch)
      const state: RegionState = { scope, cloudMap, ecs: { ...ecs, woken: makeWoken(scope, touch) } }
      regions.set(`${accountId}/${region}`, state)
      return state
    },
    mapOf,
    find(path) {
      const map = mapOf(path)
      const record = map?.peek(path.at(-1) ?? '')
      return map && record !== undefined ? { map, record } : undefined
    },
    take() {
      const taken = [...touched.values()]
      touched = new Map()
      return taken
    },
    putBack(paths) {
      for (const path of paths) touch(path.slice(0, -1), path.at(-1) ?? '')
    },
    get isTouched() {
      return touched.size > 0
    },
    untracked(read) {
      const before = isTracking
      isTracking = false
      try {
        return read()
      } finally {
        isTracking = before
      }
    },
    clear() {
      regions.clear()
      touched = new Map()
    },
    freeze() {
      isFrozen = true
    },
  }
}

function memberMap(holder: unknown, name: string | undefined): RecordMap | undefined {
  if (typeof holder !== 'object' || holder === null || name === undefined || !Object.hasOwn(holder, name))
    return undefined
  const member: unknown = Reflect.get(holder, name)
  return member instanceof RecordMap ? member : undefined
}

/** Every Map of a section, known here or not, becomes one that tells what is touched in it. */
function trackSection<Section extends object>(
  path: Path,
  known: (typeof layouts)['ecs'],
  section: Section,
  touch: Touch,
): Section {
  for (const [name, member] of Object.entries(section)) {
    if (unstored.has(name)) continue
    if (!(member instanceof Map))
      throw new TypeError(`${path.at(-1)}.${name} is no Map, so it would be lost at a restart.`)
    Object.assign(section, { [name]: new RecordMap([...path, name], known[name] ?? {}, touch) })
  }
  return section
}

const makeWoken = ({ accountId, region }: Scope, touch: Touch): RegionState['ecs']['woken'] => {
  const path = [accountId, region, 'ecs']
  return {
    services: new TouchingSet<ServiceRecord>(({ clusterName, name }) =>
      touch([...path, 'clusters', clusterName, 'services'], name),
    ),
    tasks: new TouchingSet<TaskRecord>(({ id }) => touch([...path, 'tasks'], id)),
  }
}
