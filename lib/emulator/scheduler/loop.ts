import type { Context, Services } from '../context'
import type { RuntimeEvent } from '../runtime/runtime'
import type { Scope } from '../scope'
import type { RegionState } from '../state/region'
import { applyRuntimeEvent } from './apply-runtime-event'
import { makeDueQueue } from './due-queue'
import { wakeService } from './owner'
import { type RegionQueues, workRegion } from './work-region'

/** Moves tasks and services towards what is wanted, in all accounts and regions. */
export type Scheduler = {
  /** Something of this region was added to its `woken`; works soon after. */
  wake(scope: Scope): void
  /** What a runtime reports; events of tasks that nobody knows any more are ignored. */
  onRuntimeEvent(event: RuntimeEvent): void
  stop(): void
}

// Requests get their turn between two such portions.
const portion = 500

/**
 * The loop around the pure decisions. It looks only at what was woken or is due and sleeps until then: there is no
 * polling, so a thousand quiet tasks cost nothing.
 */
export function startScheduler(services: Services): Scheduler {
  const { clock, regions } = services
  const queues = new WeakMap<RegionState, RegionQueues>()
  const contexts = new WeakMap<RegionState, Context>()
  let timer: { readonly atMs: number; readonly cancel: () => void } | undefined
  let stopped = false

  const queuesOf = (state: RegionState): RegionQueues => {
    let found = queues.get(state)
    if (!found) {
      found = { tasks: makeDueQueue(), services: makeDueQueue() }
      queues.set(state, found)
    }
    return found
  }
  const contextOf = (state: RegionState): Context => {
    let found = contexts.get(state)
    if (!found) {
      found = { ...services, state, scope: state.scope }
      contexts.set(state, found)
    }
    return found
  }

  const arm = (atMs: number): void => {
    if (stopped || (timer && timer.atMs <= atMs)) return
    timer?.cancel()
    timer = { atMs, cancel: clock.after(Math.max(0, atMs - clock.now()), work) }
  }

  const work = (): void => {
    timer = undefined
    if (stopped) return
    let next = Number.POSITIVE_INFINITY
    for (const state of regions.all()) {
      const { tasks, services: due } = queuesOf(state)
      const more = workRegion(contextOf(state), { tasks, services: due }, portion)
      const dueAtMs = Math.min(tasks.nextAtMs() ?? next, due.nextAtMs() ?? next)
      next = Math.min(next, more ? clock.now() : dueAtMs)
    }
    if (next < Number.POSITIVE_INFINITY) arm(next)
  }

  return {
    wake: () => arm(clock.now()),
    onRuntimeEvent(event) {
      const { ecs } = regions.of(event.scope)
      const task = ecs.tasks.get(event.taskId)
      if (!task) return
      applyRuntimeEvent(task, event)
      ecs.woken.tasks.add(task)
      // A status change wakes the service by itself; a change of health is no step of the task.
      if (event.kind === 'container-health') wakeService(ecs, task)
      arm(clock.now())
    },
    stop() {
      stopped = true
      timer?.cancel()
      timer = undefined
    },
  }
}
