import type { Clock } from '@/lib/emulator/clock'
import { notStarted } from '@/lib/emulator/runtime/exec-process'
import type { Runtime, RuntimeEvent, RuntimeListener, TaskSpec } from '@/lib/emulator/runtime/runtime'
import type { EndpointInstance } from '@/lib/emulator/service-connect/proxy-spec'

/** What becomes of a task; everything that happens by itself happens after some time on the clock. */
type Fate =
  /** Starts and runs until it is stopped; with `health` its checks say so once it runs. */
  | { readonly kind: 'run'; readonly health?: 'HEALTHY' | 'UNHEALTHY' }
  /** Starts and ends by itself. */
  | { readonly kind: 'exit'; readonly afterMs: number; readonly exitCode: number }
  /** Can not be started. */
  | { readonly kind: 'fail'; readonly reason: string }
  /** Nothing happens until the test says so. */
  | { readonly kind: 'silent' }

/** A runtime whose tasks live as the test decides. */
export type FakeRuntime = Runtime & {
  /** What becomes of the tasks that are started from now on. */
  fate: (task: TaskSpec) => Fate
  readonly specs: Map<string, TaskSpec>
  /** Task ids in the order in which they were asked to stop. */
  readonly stops: string[]
  /** Tasks that have started and not ended. */
  readonly alive: ReadonlySet<string>
  readonly releasedAddresses: string[]
  /** What was told last of each Service Connect endpoint. */
  readonly instances: ReadonlyMap<string, readonly EndpointInstance[]>
  /** Makes the next `start` or `allocateAddress` throw. */
  breakNext(part: 'start' | 'address', message: string): void
  tell(taskId: string, event: EventOf<RuntimeEvent>): void
  /** As if the process had been killed: every container exits, then the task has ended. */
  kill(taskId: string, exitCode?: number): void
}

type EventOf<T> = T extends unknown ? Omit<T, 'taskId' | 'scope' | 'atMs'> : never

const startMs = 10
const stopMs = 10

export function makeFakeRuntime(clock: Clock, listener: RuntimeListener): FakeRuntime {
  const specs = new Map<string, TaskSpec>()
  const alive = new Set<string>()
  const broken = new Map<string, string>()
  const instances = new Map<string, readonly EndpointInstance[]>()
  let nextAddress = 1

  const breaks = (part: string): void => {
    const message = broken.get(part)
    broken.delete(part)
    if (message !== undefined) throw new Error(message)
  }

  const runtime: FakeRuntime = {
    name: 'simulated',
    lowestPort: 0,
    canExecute: true,
    execute: (_target, _size, events) => notStarted('a fake task has no processes', events),
    fate: () => ({ kind: 'run' }),
    specs,
    stops: [],
    alive,
    releasedAddresses: [],
    breakNext: (part, message) => broken.set(part, message),
    allocateAddress() {
      breaks('address')
      const number = nextAddress++
      return `127.20.${number >> 8}.${number & 255}`
    },
    allocateProxyAddresses: (aliasCount) => ({
      inner: runtime.allocateAddress(''),
      aliases: Array.from({ length: aliasCount }, () => `127.255.0.${nextAddress++}`),
    }),
    instances,
    setInstances: (endpointId, now) => instances.set(endpointId, now),
    releaseAddress: (address) => runtime.releasedAddresses.push(address),
    tell(taskId, event) {
      const spec = specs.get(taskId)
      if (!spec) throw new Error(`No task ${taskId} was started`)
      listener({ taskId, scope: spec.scope, atMs: clock.now(), ...event })
    },
    kill(taskId, exitCode = 137) {
      if (!alive.delete(taskId)) return
      for (const { name } of specs.get(taskId)?.containers ?? [])
        runtime.tell(taskId, { kind: 'container-exited', container: name, exitCode })
      runtime.tell(taskId, { kind: 'task-ended' })
    },
    start(task) {
      breaks('start')
      specs.set(task.taskId, task)
      alive.add(task.taskId)
      const fate = runtime.fate(task)
      if (fate.kind === 'silent') return
      clock.after(startMs, () => {
        if (!alive.has(task.taskId)) return
        if (fate.kind === 'fail') {
          alive.delete(task.taskId)
          runtime.tell(task.taskId, { kind: 'task-failed', reason: fate.reason })
          runtime.tell(task.taskId, { kind: 'task-ended' })
          return
        }
        for (const { name, proxy } of task.containers) {
          runtime.tell(task.taskId, { kind: 'container-started', container: name, standIn: !proxy })
          if (!proxy) continue
          runtime.tell(task.taskId, { kind: 'container-health', container: name, status: 'HEALTHY' })
          runtime.tell(task.taskId, { kind: 'task-reachable' })
        }
        if (fate.kind === 'exit') clock.after(fate.afterMs, () => runtime.kill(task.taskId, fate.exitCode))
        if (fate.kind === 'run' && fate.health)
          for (const { name } of task.containers)
            runtime.tell(task.taskId, { kind: 'container-health', container: name, status: fate.health })
      })
    },
    stop(taskId) {
      runtime.stops.push(taskId)
      clock.after(stopMs, () => runtime.kill(taskId, 143))
    },
    close: async () => {
      for (const taskId of [...alive]) runtime.kill(taskId)
    },
  }
  return runtime
}
