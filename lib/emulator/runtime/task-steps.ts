import type { ContainerSpec } from './runtime'

/** Where one container of a task stands. */
export type ContainerProgress = {
  readonly phase: 'waiting' | 'running' | 'stopping' | 'exited'
  /** Absent while it runs, and for a container that never started. */
  readonly exitCode?: number
  readonly health?: 'HEALTHY' | 'UNHEALTHY'
}

export type TaskProgress = {
  /** By container name. */
  readonly containers: ReadonlyMap<string, ContainerProgress>
  /** Stop was asked for, an essential container ended, or a start failed. */
  readonly stopping: boolean
}

/** What to do next with a task. */
export type TaskStep =
  | { readonly kind: 'start'; readonly container: string }
  /** SIGTERM now, SIGKILL after the container's stop timeout. */
  | { readonly kind: 'terminate'; readonly container: string }
  | { readonly kind: 'fail'; readonly reason: string }
  | { readonly kind: 'end' }

type Ordering = Pick<ContainerSpec, 'name' | 'essential' | 'dependsOn'>
type Answer = 'met' | 'not yet' | string

const waiting: ContainerProgress = { phase: 'waiting' }

// The words are the ECS agent's (dependency graph errors).
const never = (target: string, dependency: string, why: string): string =>
  `TaskFailedToStart: dependency graph: failed to resolve container ordering dependency [${dependency}] for target [${target}] as ${why}`

function isMet(
  target: string,
  dependency: Ordering['dependsOn'][number],
  on: ContainerProgress | undefined,
): Answer {
  const name = dependency.containerName
  if (!on) return never(target, name, 'there is no container of that name')
  const exited = on.phase === 'exited'
  switch (dependency.condition) {
    case 'START':
      return on.phase === 'waiting' ? 'not yet' : 'met'
    case 'COMPLETE':
      return exited ? 'met' : 'not yet'
    case 'SUCCESS':
      if (!exited) return 'not yet'
      return on.exitCode === 0 ? 'met' : never(target, name, 'dependency did not exit successfully')
    case 'HEALTHY':
      if (exited) return never(target, name, 'dependency container has already stopped')
      return on.health === 'HEALTHY' ? 'met' : 'not yet'
  }
}

function startSteps(containers: readonly Ordering[], progress: TaskProgress): TaskStep[] {
  const steps: TaskStep[] = []
  let alive = false
  for (const { name, dependsOn } of containers) {
    const { phase } = progress.containers.get(name) ?? waiting
    alive ||= phase === 'running' || phase === 'stopping'
    if (phase !== 'waiting') continue
    const answers = dependsOn.map((one) => isMet(name, one, progress.containers.get(one.containerName)))
    const impossible = answers.find((answer) => answer !== 'met' && answer !== 'not yet')
    if (impossible) return [{ kind: 'fail', reason: impossible }]
    if (answers.every((answer) => answer === 'met')) steps.push({ kind: 'start', container: name })
  }
  if (steps.length > 0 || alive) return steps
  const stuck = containers.filter(({ name }) => progress.containers.get(name)?.phase !== 'exited')
  if (stuck.length === 0) return [{ kind: 'end' }]
  const names = stuck.map(({ name }) => name).join(', ')
  return [
    {
      kind: 'fail',
      reason: `TaskFailedToStart: dependency graph: the containers ${names} wait for each other`,
    },
  ]
}

function stopSteps(containers: readonly Ordering[], progress: TaskProgress): TaskStep[] {
  const isAlive = (name: string): boolean => {
    const phase = progress.containers.get(name)?.phase
    return phase === 'running' || phase === 'stopping'
  }
  const alive = containers.filter(({ name }) => isAlive(name))
  if (alive.length === 0) return [{ kind: 'end' }]
  // ECS stops in the reverse order of dependsOn: whoever needs a container goes before it.
  const needed = new Set(alive.flatMap(({ dependsOn }) => dependsOn.map((one) => one.containerName)))
  return alive
    .filter(({ name }) => progress.containers.get(name)?.phase === 'running' && !needed.has(name))
    .map(({ name }) => ({ kind: 'terminate', container: name }))
}

/**
 * What a task needs now: which containers can start (dependsOn), which must end, or that it is over. Empty: wait for
 * the next event. A task ends when an essential container does, or when all have ended (ECS developer guide, task
 * definition parameters `essential` and `dependsOn`).
 */
export function nextSteps(containers: readonly Ordering[], progress: TaskProgress): TaskStep[] {
  return progress.stopping ? stopSteps(containers, progress) : startSteps(containers, progress)
}
