import type { Clock } from '../clock'
import type { Scope } from '../scope'
import { makeAddressPool } from './address-pool'
import { makeAliasPool } from './alias-block'
import { chooseProgram, isStandIn } from './choose-program'
import { notStarted } from './exec-process'
import type { ContainerSpec, Runtime, RuntimeListener, TaskSpec } from './runtime'
import { addressesOf, allocateAll, isAlias } from './task-addresses'
import { type StartContainer, startTaskRun, type TaskRun } from './task-run'

/** Finds whose task asks, by the address it asks from. */
export type TaskLookup = { scopeOf(address: string): Scope | undefined }

export type SimulatedRuntimeOptions = {
  readonly clock: Clock
  readonly listener: RuntimeListener
  /** From the start of a container until it runs; default 50. */
  readonly startDelayMs?: number
  /** From SIGTERM until it has ended; default 20. */
  readonly stopDelayMs?: number
  /** From running until the health check of a container first passes; default 200. */
  readonly healthDelayMs?: number
}

const exitCodeOfTerm = 143
const exitCodeOfKill = 137

/** Containers that others wait for to end do end, with success; everything else runs until it is stopped. */
const endsByItself = (task: TaskSpec, container: ContainerSpec): boolean =>
  task.containers.some(({ dependsOn }) =>
    dependsOn.some(
      (one) =>
        one.containerName === container.name && (one.condition === 'COMPLETE' || one.condition === 'SUCCESS'),
    ),
  )

/**
 * Tasks without processes, for measuring with thousands of them: the same events in the same order as the process
 * runtime, after delays of the clock that was passed in.
 */
export function makeSimulatedRuntime(options: SimulatedRuntimeOptions): Runtime & TaskLookup {
  const { clock, listener, startDelayMs = 50, stopDelayMs = 20, healthDelayMs = 200 } = options
  const pool = makeAddressPool(10)
  const aliases = makeAliasPool(0)
  const runs = new Map<string, { readonly run: TaskRun; readonly task: TaskSpec }>()
  const scopes = new Map<string, Scope>()
  let onEmpty: (() => void) | undefined

  const release = (address: string): void => (isAlias(address) ? aliases : pool).release(address)
  const tellReachable = ({ taskId, scope }: TaskSpec): void =>
    listener({ kind: 'task-reachable', taskId, scope, atMs: clock.now() })

  const startContainer: StartContainer = (task, container, events) => {
    let ended = false
    const timers = new Set<() => void>()
    const after = (delayMs: number, callback: () => void): void => {
      const cancel = clock.after(delayMs, () => {
        timers.delete(cancel)
        callback()
      })
      timers.add(cancel)
    }
    const end = (exitCode: number): void => {
      if (ended) return
      ended = true
      for (const cancel of timers) cancel()
      events.exited(exitCode)
    }
    after(startDelayMs, () => {
      events.started({ standIn: !container.proxy && isStandIn(chooseProgram(container)) })
      if (container.healthCheck || container.proxy) after(healthDelayMs, () => events.health('HEALTHY'))
      if (container.proxy) after(healthDelayMs, () => tellReachable(task))
      if (endsByItself(task, container)) after(stopDelayMs, () => end(0))
    })
    return {
      terminate: () => after(stopDelayMs, () => end(exitCodeOfTerm)),
      kill: () => end(exitCodeOfKill),
    }
  }

  return {
    name: 'simulated',
    lowestPort: 0,
    canExecute: false,
    execute: (_target, _size, events) => notStarted('this task has no processes', events),
    allocateAddress: () => pool.allocate(),
    allocateProxyAddresses: (count) => allocateAll(pool, aliases, count),
    releaseAddress: release,
    setInstances() {
      // Nobody calls: there is no process and no proxy.
    },
    scopeOf: (address) => scopes.get(address),
    start(task) {
      const onEnded = (): void => {
        runs.delete(task.taskId)
        scopes.delete(task.address)
        for (const address of addressesOf(task)) release(address)
        if (runs.size === 0) onEmpty?.()
      }
      scopes.set(task.address, task.scope)
      runs.set(task.taskId, { task, run: startTaskRun(task, { clock, listener, startContainer, onEnded }) })
    },
    stop: (taskId) => runs.get(taskId)?.run.stop(),
    async close() {
      if (runs.size === 0) return
      const empty = new Promise<void>((resolve) => {
        onEmpty = resolve
      })
      for (const { run } of [...runs.values()]) run.kill()
      await empty
    },
  }
}
