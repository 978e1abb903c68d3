import { isPending, taskHealth } from '../ecs/tasks/task-status'
import type { TaskRecord } from '../state/ecs'

/**
 * The tasks to give up when there are too many: first those not yet RUNNING, then those whose health checks fail (even
 * where a grace period still forgives them), then from the zone with most tasks; in each case the newest first. Gives
 * back their ids.
 */
export function chooseSurplus(tasks: readonly Readonly<TaskRecord>[], count: number): string[] {
  const chosen: string[] = []
  const byZone = new Map<string, number>()
  for (const { availabilityZone: zone } of tasks) byZone.set(zone, (byZone.get(zone) ?? 0) + 1)
  // Equal in everything else, the one that was added last goes first.
  const left = [...tasks].reverse().sort((a, b) => worth(a) - worth(b) || b.createdAtMs - a.createdAtMs)
  while (chosen.length < count && left.length > 0) {
    const crowd = Math.max(...byZone.values())
    const [worst] = left
    const index =
      worst && worth(worst) < serving
        ? 0
        : left.findIndex(({ availabilityZone }) => byZone.get(availabilityZone) === crowd)
    const [task] = left.splice(Math.max(index, 0), 1)
    if (!task) break
    byZone.set(task.availabilityZone, (byZone.get(task.availabilityZone) ?? 1) - 1)
    chosen.push(task.id)
  }
  return chosen
}

const serving = 2

const worth = (task: Readonly<TaskRecord>): number => {
  if (isPending(task)) return 0
  return taskHealth(task) === 'UNHEALTHY' ? 1 : serving
}
