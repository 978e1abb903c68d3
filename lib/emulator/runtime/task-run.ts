import type { Clock } from '../clock'
import type { ContainerSpec, RuntimeEvent, RuntimeListener, TaskSpec } from './runtime'
import { type ContainerProgress, nextSteps, type TaskStep } from './task-steps'

/** What a started container tells its task. `exited` or `failed` comes once, as the last. */
export type ContainerEvents = {
  started(about: { readonly pid?: number; readonly standIn: boolean }): void
  /** It could not be started; ECS words, for example `CannotStartContainerError: …`. */
  failed(reason: string): void
  exited(exitCode: number, reason?: string): void
  health(status: 'HEALTHY' | 'UNHEALTHY'): void
}

/** A container that was started, and how to end it. Both are harmless after its end. */
export type ContainerHandle = {
  /**
   * Before anything of the task is stopped: finishes what is in flight, takes nothing new, and calls `done` once, in a later tick
   * and after a bounded time.
   */
  quiesce?(done: () => void): void
  terminate(): void
  kill(): void
}

/** How a runtime runs one container; must not call `events` before it returns. */
export type StartContainer = (
  task: TaskSpec,
  container: ContainerSpec,
  events: ContainerEvents,
) => ContainerHandle

export type TaskRun = { stop(): void; kill(): void }

type Happening = RuntimeEvent extends infer E
  ? E extends RuntimeEvent
    ? Omit<E, 'taskId' | 'scope' | 'atMs'>
    : never
  : never

/**
 * Carries one task from its first container to `task-ended`: takes the steps that `nextSteps` decides, after every
 * event. Used by every runtime; they differ only in `startContainer`.
 */
export function startTaskRun(
  task: TaskSpec,
  world: {
    readonly clock: Clock
    readonly listener: RuntimeListener
    readonly startContainer: StartContainer
    /** Called before `task-ended` is told. */
    readonly onEnded: () => void
    /** When given and the promise names a reason, no container is started and the task fails with it. */
    readonly readObstacle?: () => Promise<string | undefined>
  },
): TaskRun {
  const { clock } = world
  const progress = new Map<string, ContainerProgress>(
    task.containers.map(({ name }) => [name, { phase: 'waiting' }]),
  )
  const handles = new Map<string, ContainerHandle>()
  const killTimers = new Map<string, () => void>()
  let stopping = false
  let quiescing = false
  let failed = false
  let ended = false

  const tell = (happening: Happening): void =>
    world.listener({ ...happening, taskId: task.taskId, scope: task.scope, atMs: clock.now() })

  const fail = (reason: string): void => {
    stopping = true
    if (failed) return
    failed = true
    tell({ kind: 'task-failed', reason })
  }

  const forget = (name: string): void => {
    handles.delete(name)
    killTimers.get(name)?.()
    killTimers.delete(name)
  }

  const start = (container: ContainerSpec): void => {
    const { name } = container
    const change = (to: Partial<ContainerProgress>): void => {
      progress.set(name, { ...(progress.get(name) ?? { phase: 'waiting' }), ...to })
    }
    change({ phase: 'running' })
    const handle = world.startContainer(task, container, {
      started: (about) => tell({ kind: 'container-started', container: name, ...about }),
      failed(reason) {
        change({ phase: 'exited' })
        forget(name)
        fail(reason)
        advance()
      },
      exited(exitCode, reason) {
        change({ phase: 'exited', exitCode })
        forget(name)
        tell({
          kind: 'container-exited',
          container: name,
          exitCode,
          ...(reason === undefined ? {} : { reason }),
        })
        if (container.essential) stopping = true
        advance()
      },
      health(status) {
        change({ health: status })
        tell({ kind: 'container-health', container: name, status })
        advance()
      },
    })
    handles.set(name, handle)
  }

  const terminate = (container: ContainerSpec): void => {
    const handle = handles.get(container.name)
    progress.set(container.name, { ...progress.get(container.name), phase: 'stopping' })
    handle?.terminate()
    // The container may have ended within `terminate`; then there is nothing left to kill.
    if (!handles.has(container.name)) return
    const cancel = clock.after(container.stopTimeoutSeconds * 1000, () => handle?.kill())
    killTimers.set(container.name, cancel)
  }

  const containerOf = (name: string): ContainerSpec => {
    const container = task.containers.find((one) => one.name === name)
    if (!container) throw new Error(`Task ${task.taskId} has no container ${name}.`)
    return container
  }

  const end = (): void => {
    ended = true
    world.onEnded()
    tell({ kind: 'task-ended' })
  }

  const take = (step: TaskStep): void => {
    if (step.kind === 'start') start(containerOf(step.container))
    else if (step.kind === 'terminate') terminate(containerOf(step.container))
    else if (step.kind === 'fail') fail(step.reason)
    else end()
  }

  function advance(): void {
    while (!ended) {
      const steps = nextSteps(task.containers, { containers: progress, stopping })
      if (steps.length === 0) return
      for (const step of steps) take(step)
    }
  }

  // Nothing is told before `start` and `stop` have returned to the scheduler, which is changing its own state.
  const begin = async (): Promise<void> => {
    const obstacle = await world.readObstacle?.()
    if (obstacle !== undefined && !stopping) fail(obstacle)
    advance()
  }
  clock.after(0, () => {
    if (world.readObstacle) void begin()
    else advance()
  })

  return {
    stop() {
      if (stopping || quiescing) return
      const quiet = [...handles.values()].flatMap(({ quiesce }) => (quiesce ? [quiesce] : []))
      let left = quiet.length
      const beginStop = (): void => {
        stopping = true
        clock.after(0, advance)
      }
      if (left === 0) return beginStop()
      quiescing = true
      for (const quiesce of quiet)
        quiesce(() => {
          left--
          if (left === 0 && !stopping) beginStop()
        })
    },
    kill() {
      stopping = true
      for (const handle of [...handles.values()]) handle.kill()
      clock.after(0, advance)
    },
  }
}
