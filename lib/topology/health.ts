import type { Deployment, EcsService } from '../inventory/model'
import type { InstanceNode, InstanceState, Rollout, State } from './model'

/** What a card says: a colour's name, one or two words, and sentences when it is not well. */
export type Verdict = {
  readonly state: State
  readonly status: string
  readonly reasons: readonly string[]
}

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

const countOf = (instances: readonly InstanceNode[], state: InstanceState) =>
  instances.filter((instance) => instance.state === state).length

/** The deployment that is wanted now; null when the service has none (external controllers). */
export function primaryOf(service: EcsService): Deployment | null {
  return service.deployments.find((deployment) => deployment.status === 'PRIMARY') ?? null
}

/** The PRIMARY deployment while it is on its way. A COMPLETED one is history. */
export function rolloutOf(service: EcsService): Rollout | null {
  const primary = primaryOf(service)
  if (!primary || service.status !== 'ACTIVE') return null
  const settled =
    primary.rolloutState === null
      ? service.deployments.length === 1 && primary.running === primary.desired
      : primary.rolloutState === 'COMPLETED'
  if (settled) return null
  return {
    deploymentId: primary.id,
    state: primary.rolloutState ?? 'IN_PROGRESS',
    reason: primary.rolloutReason,
    running: primary.running,
    desired: primary.desired,
    failedTasks: primary.failedTasks,
    startedAtMs: primary.createdAtMs,
  }
}

function instanceReasons(instances: readonly InstanceNode[]): string[] {
  const reasons: string[] = []
  const unhealthy = instances.filter((instance) => instance.state === 'unhealthy')
  if (unhealthy.length > 0) {
    const why = unhealthy[0]?.reason
    reasons.push(
      `${plural(unhealthy.length, 'instance is', 'instances are')} unhealthy.${why ? ` ${why}` : ''}`,
    )
  }
  const orphaned = countOf(instances, 'orphaned')
  if (orphaned > 0)
    reasons.push(
      `${plural(orphaned, 'address', 'addresses')} in Cloud Map ${orphaned === 1 ? 'has' : 'have'} no task any more: callers may still try ${orphaned === 1 ? 'it' : 'them'}.`,
    )
  return reasons
}

function lastFailure(instances: readonly InstanceNode[]): string {
  const failed = instances.filter((instance) => instance.state === 'failing' && instance.reason)
  const newest = failed.toSorted((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0))[0]
  return newest?.reason ? ` The last one: ${newest.reason}` : ''
}

/** An ECS service with its instances. `tasksRead` false: dots say nothing, only ECS's counts do. */
export function serviceVerdict(
  service: EcsService,
  instances: readonly InstanceNode[],
  tasksRead: boolean,
): Verdict {
  const { desired, running, pending } = service
  if (service.status === 'INACTIVE')
    return { state: 'off', status: 'deleted', reasons: ['ECS has deleted this service.'] }
  if (service.status === 'DRAINING')
    return {
      state: 'busy',
      status: 'draining',
      reasons: [`Deleted; ${plural(running, 'task')} still to be stopped.`],
    }
  const rollout = rolloutOf(service)
  const reasons = instanceReasons(instances)
  if (rollout?.state === 'FAILED')
    return {
      state: 'bad',
      status: 'rollout failed',
      reasons: [rollout.reason ?? 'The last deployment failed.', ...reasons],
    }
  const unhealthy = countOf(instances, 'unhealthy')
  // ECS replaces an unhealthy task before it stops it, so that as many run as are wanted while every one of them fails.
  const failed = countOf(instances, 'failing')
  const failsInARow =
    rollout !== null && rollout.failedTasks > 0 && (running < desired || unhealthy > 0 || failed > 0)
  // ECS does not count a task that was RUNNING before it crashed.
  if (rollout && (failsInARow || (failed > 0 && running === 0)))
    return {
      state: 'bad',
      status: 'failing',
      reasons: [
        failsInARow
          ? `${plural(rollout.failedTasks, 'task')} in a row failed to start or stay up.${lastFailure(instances)}`
          : `${plural(failed, 'task')} stopped a moment ago, and none runs.${lastFailure(instances)}`,
        ...reasons,
      ],
    }
  const live = instances.filter((instance) => !['failing', 'orphaned', 'stopping'].includes(instance.state))
  if (unhealthy > 0 && unhealthy === live.length) return { state: 'bad', status: 'unhealthy', reasons }
  if (desired === 0 && running === 0 && pending === 0)
    return {
      state: reasons.length > 0 ? 'warn' : 'off',
      status: 'scaled to 0',
      reasons: [...reasons, 'Its desired count is 0.'],
    }
  if (rollout) {
    const first = service.deployments.length === 1 && running === 0
    return {
      state: 'busy',
      status: first || service.deployments.length === 1 ? 'starting' : 'rolling out',
      reasons: [
        rollout.running > rollout.desired
          ? `${rollout.running} tasks of the newest deployment run, ${rollout.desired} wanted.${lastFailure(instances)}`
          : `${rollout.running} of ${rollout.desired} tasks of the newest deployment run.${lastFailure(instances)}`,
        ...reasons,
      ],
    }
  }
  if (unhealthy > 0) return { state: 'warn', status: `${unhealthy} unhealthy`, reasons }
  if (running < desired)
    return {
      state: pending > 0 || live.some((instance) => instance.state === 'starting') ? 'busy' : 'warn',
      status: pending > 0 ? 'starting' : `${running} of ${desired}`,
      reasons: [`${running} of ${plural(desired, 'task')} run.${lastFailure(instances)}`, ...reasons],
    }
  if (running > desired)
    return {
      state: 'busy',
      status: 'scaling in',
      reasons: [`${plural(running, 'task')} run, ${desired} wanted.`, ...reasons],
    }
  if (reasons.length > 0) return { state: 'warn', status: 'orphans', reasons }
  const settling = tasksRead ? countOf(instances, 'starting') : 0
  if (settling > 0)
    return {
      state: 'busy',
      status: 'starting',
      reasons: [`${plural(settling, 'instance')} ${settling === 1 ? 'is' : 'are'} not taken as healthy yet.`],
    }
  return { state: 'ok', status: 'steady', reasons: [] }
}

/** A Cloud Map service without an ECS service. `readable` false: its instances are unknown. */
export function registryVerdict(instances: readonly InstanceNode[], readable: boolean): Verdict {
  if (!readable) return { state: 'off', status: 'unknown', reasons: ['Its instances could not be read.'] }
  if (instances.length === 0)
    return {
      state: 'off',
      status: 'no instances',
      reasons: ['Nothing is registered: the name does not resolve.'],
    }
  const reasons = instanceReasons(instances)
  const unhealthy = countOf(instances, 'unhealthy')
  if (unhealthy === instances.length) return { state: 'bad', status: 'unhealthy', reasons }
  if (unhealthy > 0) return { state: 'warn', status: `${unhealthy} unhealthy`, reasons }
  if (reasons.length > 0) return { state: 'warn', status: 'orphans', reasons }
  return { state: 'ok', status: 'registered', reasons: [] }
}

/** Tasks that no described service owns. */
export function tasksVerdict(instances: readonly InstanceNode[]): Verdict {
  const reasons = instanceReasons(instances)
  if (instances.some((instance) => instance.state === 'unhealthy'))
    return { state: 'warn', status: 'unhealthy', reasons }
  if (instances.every((instance) => instance.state === 'failing'))
    return { state: 'bad', status: 'failed', reasons: [lastFailure(instances).trim() || 'Its task failed.'] }
  if (instances.every((instance) => instance.state === 'stopping'))
    return { state: 'busy', status: 'stopping', reasons: ['Its tasks are being stopped.'] }
  if (instances.some((instance) => instance.state === 'starting'))
    return { state: 'busy', status: 'starting', reasons: ['A task is starting.'] }
  return { state: 'ok', status: 'running', reasons }
}
