import type { InstanceNode } from '@/lib/topology/model'

const hasStopped = (instance: InstanceNode): boolean => instance.taskStatus === 'STOPPED'

/** As a person looks one up: by address as one counts (`.9` before `.10`), without one by start; what has stopped comes last. */
export function inListOrder(instances: readonly InstanceNode[]): readonly InstanceNode[] {
  return instances.toSorted(
    (a, b) =>
      Number(hasStopped(a)) - Number(hasStopped(b)) ||
      Number(a.address === null) - Number(b.address === null) ||
      (a.address ?? '').localeCompare(b.address ?? '', 'en', { numeric: true }) ||
      (a.startedAtMs ?? a.createdAtMs ?? 0) - (b.startedAtMs ?? b.createdAtMs ?? 0) ||
      (a.id < b.id ? -1 : 1),
  )
}
