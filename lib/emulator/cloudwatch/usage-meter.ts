import type { Services } from '../context'
import { taskDefinitionByArn } from '../ecs/task-definitions/find-task-definition'
import type { RuntimeEvent } from '../runtime/runtime'
import type { TaskRecord } from '../state/ecs'
import type { RegionState } from '../state/region'
import type { MetricSink } from './datum'
import type { GroupUsage } from './process-usage'
import { reservationOf, usageData } from './usage-data'

type World = Pick<Services, 'clock' | 'regions'> & {
  readonly metrics: MetricSink
  /** What these process groups have used until now; what is not told is not known. */
  readonly read: (groups: ReadonlySet<number>) => Promise<ReadonlyMap<number, GroupUsage>>
  /** Runs something that only looks at the state, so that nothing is stored for it. */
  readonly untracked: (look: () => void) => void
}

export type UsageMeter = {
  /** Learns which processes are whose. */
  onRuntimeEvent(event: RuntimeEvent): void
  stop(): void
}

/** AWS looks every 20 s or so; four samples make a minute's average steady. */
const EVERY_MS = 15_000

/** Looks now and then at what the processes of services take, and tells it as percent of what they reserve. */
export function startUsageMeter({ clock, regions, metrics, read, untracked }: World): UsageMeter {
  /** By task id, then by container. */
  const groups = new Map<string, Map<string, number>>()
  let before: { readonly atMs: number; readonly usage: ReadonlyMap<number, GroupUsage> } | null = null
  let cancel: () => void = () => {}
  let stopped = false

  async function look(): Promise<void> {
    const wanted = new Set([...groups.values()].flatMap((containers) => [...containers.values()]))
    if (wanted.size === 0) {
      before = null
      return
    }
    const usage = await read(wanted)
    if (stopped) return
    const atMs = clock.now()
    untracked(() => {
      for (const state of regions.all())
        for (const task of state.ecs.tasks.values())
          if (task.serviceName !== undefined && task.lastStatus === 'RUNNING') tell(state, task, usage, atMs)
    })
    before = { atMs, usage }
  }

  function tell(
    state: RegionState,
    task: TaskRecord,
    usage: ReadonlyMap<number, GroupUsage>,
    atMs: number,
  ): void {
    const ids = [...(groups.get(task.id)?.values() ?? [])]
    const used = ids.flatMap((id) => usage.get(id) ?? [])
    const definition = taskDefinitionByArn(state.ecs, task.taskDefinitionArn)
    if (used.length === 0 || !definition || task.serviceName === undefined) return
    const last = before
    const earlier = last ? ids.flatMap((id) => last.usage.get(id) ?? []) : []
    const cpuOf = (some: readonly GroupUsage[]) => some.reduce((sum, one) => sum + one.cpuMs, 0)
    metrics.put(
      usageData(
        {
          clusterName: task.clusterName,
          serviceName: task.serviceName,
          reservation: reservationOf(definition.input),
          cpuMs: earlier.length === used.length ? cpuOf(used) - cpuOf(earlier) : null,
          tookMs: last ? atMs - last.atMs : 0,
          memoryBytes: used.reduce((sum, one) => sum + one.memoryBytes, 0),
        },
        atMs,
      ),
      state.scope,
    )
  }

  const sleep = (): void => {
    if (!stopped) cancel = clock.after(EVERY_MS, () => void look().finally(sleep))
  }
  sleep()

  return {
    onRuntimeEvent(event) {
      if (event.kind === 'container-started' && event.pid !== undefined) {
        const containers = groups.get(event.taskId) ?? new Map<string, number>()
        groups.set(event.taskId, containers.set(event.container, event.pid))
      }
      if (event.kind === 'container-exited') groups.get(event.taskId)?.delete(event.container)
      if (event.kind === 'task-ended') groups.delete(event.taskId)
    },
    stop() {
      stopped = true
      cancel()
    },
  }
}
