import type { Scope } from '../scope'
import type { RegionState } from '../state/region'
import { decodeRecord } from './record-codec'
import type { RecordMap } from './record-map'
import type { Row } from './store'
import type { Path, TrackedState } from './tracked-state'

/**
 * Puts stored rows back into empty regions, as they were when they were stored, with the links between them. `regionOf`
 * makes a region at its first row. Throws an `Error` that names the row when one cannot be read.
 */
export function restoreState(
  rows: readonly Row[],
  tracked: Pick<TrackedState, 'mapOf' | 'untracked'>,
  regionOf: (scope: Scope) => RegionState,
): void {
  tracked.untracked(() => {
    const regions = new Set<RegionState>()
    // What a record holds comes after it; the order among equals is the order in which they were made.
    const read = rows.map(({ path, value }) => ({ path: readPath(path), value }))
    for (const { path, value } of read.sort((a, b) => a.path.length - b.path.length)) {
      const [accountId = '', region = ''] = path
      regions.add(regionOf({ accountId, region }))
      restoreRow(tracked.mapOf(path), path, value)
    }
    for (const region of regions) linkRecords(region)
  })
}

function readPath(text: string): Path {
  const path: unknown = JSON.parse(text)
  if (!Array.isArray(path) || path.length < 5 || path.some((step) => typeof step !== 'string'))
    throw new Error(`there is no place ${text}`)
  return path
}

function restoreRow(map: RecordMap | undefined, path: Path, value: string): void {
  if (!map) throw new Error(`there is no place ${JSON.stringify(path)}`)
  const record = decodeRecord(value, map.layout)
  const key = path.at(map.path.length) ?? ''
  if (!map.layout.isList) {
    map.set(key, record)
    return
  }
  const before = map.peek(key)
  const list: unknown[] = Array.isArray(before) ? before : []
  list[Number(path.at(-1))] = record
  map.set(key, list)
}

/** What handlers find by two ways is one record again. */
function linkRecords({ ecs }: RegionState): void {
  for (const cluster of ecs.clusters.values())
    for (const service of cluster.services.values()) {
      const { lastCompleted, deployments } = service
      if (lastCompleted)
        service.lastCompleted = deployments.find(({ id }) => id === lastCompleted.id) ?? lastCompleted
    }
  for (const task of ecs.tasks.values()) {
    const cluster = ecs.clusters.get(task.clusterName)
    // A cluster that was deleted and made again knows nothing of the tasks before.
    if (!cluster || task.createdAtMs < cluster.createdAtMs) continue
    cluster.tasks.set(task.id, task)
    if (task.lastStatus === 'STOPPED') continue
    cluster.live.set(task.id, task)
    if (task.serviceName !== undefined) cluster.services.get(task.serviceName)?.tasks.set(task.id, task)
  }
}
