import { isPending } from '../ecs/tasks/task-status'
import type { TaskRecord } from '../state/ecs'

/**
 * The tasks to give up when there are too many: first those not yet RUNNING, then from the zone with most tasks, the
 * newest first. Gives back their ids.
 */
export function chooseSurplus(tasks: readonly Readonly<TaskRecord>[], count: number): string[] {
  const left = [...tasks]
  const chosen: string[] = []
  const byZone = new Map<string, number>()
  for (const { availabilityZone: zone } of left) byZone.set(zone, (byZone.get(zone) ?? 0) + 1)
  // Equal in everything else, the one that was added last goes first.
  left.reverse().sort((a, b) => Number(isPending(b)) - Number(isPending(a)) || b.createdAtMs - a.createdAtMs)
  while (chosen.length < count && left.length > 0) {
    const crowd = Math.max(...byZone.values())
    const pending = left.findIndex(isPending)
    const index =
      pending >= 0
        ? pending
        : left.findIndex(({ availabilityZone }) => byZone.get(availabilityZone) === crowd)
    const [task] = left.splice(Math.max(index, 0), 1)
    if (!task) break
    byZone.set(task.availabilityZone, (byZone.get(task.availabilityZone) ?? 1) - 1)
    chosen.push(task.id)
  }
  return chosen
}
