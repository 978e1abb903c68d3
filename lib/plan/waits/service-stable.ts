import type { Deployment, EcsService } from '@/lib/inventory/model'
import { type WaitLook, waitDone, waitingFor } from './look'

/** A rollout in which nothing has moved for this long stalls: then ECS's own newest event says more than the counts. */
const STALLS_AFTER_MS = 10_000

const tasks = (count: number, kind: string) => `${count} ${kind} ${count === 1 ? 'task' : 'tasks'}`

function failedRollout(service: EcsService, deployment: Deployment): WaitLook {
  const newest = service.events[0]?.message
  const reason = deployment.rolloutReason ?? 'ECS does not say why.'
  return {
    state: 'failed',
    nothingMade: false,
    error: {
      code: 'RolloutFailed',
      message: `The rollout of ${service.name} failed. ${reason}${newest && newest !== reason ? ` Newest event: ${newest}` : ''}`,
      remedy:
        'Look at the stopped tasks of the service and put right what they say; then redeploy it and retry, or undo.',
    },
  }
}

/** What has to happen next, and how far it is: `new tasks of web to start: 1 of 2 running`. */
function stageOf({ name, desired, running: all, deployments }: EcsService, primary: Deployment): string {
  const running = `${Math.min(primary.running, desired)} of ${desired} running`
  const old = deployments.filter((one) => one !== primary).reduce((sum, one) => sum + one.running, 0)
  if (desired === 0) return `the last tasks of ${name} to stop: ${all} still running`
  if (primary.running < desired)
    return `${deployments.length > 1 ? 'new tasks' : 'tasks'} of ${name} to start: ${running}`
  if (old > 0) return `new tasks of ${name} to take over: ${running}, ${tasks(old, 'old')} left`
  if (all > desired) return `spare tasks of ${name} to stop: ${all} running, ${desired} wanted`
  return `${name} to settle: ${running}`
}

function wordsOf(service: EcsService, primary: Deployment, nowMs: number, sinceMs: number): string {
  const failed = primary.failedTasks > 0 ? `, ${primary.failedTasks} failed to start` : ''
  const newest = service.events.find(({ atMs }) => atMs >= primary.createdAtMs)?.message
  const stalls = newest && (failed !== '' || nowMs - sinceMs > STALLS_AFTER_MS)
  return `${stageOf(service, primary)}${failed}${stalls ? `. ECS says: ${newest}` : ''}`
}

/**
 * Whether a service has settled: one deployment, COMPLETED, as many tasks running as desired. A rollout that is FAILED ends the wait, and so
 * does one that another has taken over. `deploymentId`: the one that was started; null: any.
 */
export function lookAtService(
  service: EcsService | null,
  deploymentId: string | null,
  nowMs: number,
  sinceMs: number,
): WaitLook {
  if (!service || service.status === 'INACTIVE' || service.status === 'DRAINING')
    return {
      state: 'failed',
      nothingMade: false,
      error: {
        code: 'ServiceGone',
        message: 'The service was deleted while it was waited for.',
        remedy: 'Look at the map; somebody else is at work here.',
      },
    }
  const own = service.deployments.find(({ id }) => id === deploymentId)
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY')
  if (own?.rolloutState === 'FAILED') return failedRollout(service, own)
  if (primary?.rolloutState === 'FAILED') return failedRollout(service, primary)
  // Endpoints without deployments (some emulators) have counts only.
  if (!primary)
    return service.running === service.desired
      ? waitDone
      : waitingFor(`${service.name} to settle: ${service.running} of ${service.desired} running`)
  if (deploymentId !== null && primary.id !== deploymentId)
    return {
      state: 'failed',
      nothingMade: false,
      error: {
        code: 'RolloutReplaced',
        message: `Another deployment of ${service.name} has taken over: it was rolled back or changed meanwhile.${service.events[0] ? ` Newest event: ${service.events[0].message}` : ''}`,
        remedy: 'Look at the deployments of the service on the map before trying again.',
      },
    }
  const rolledOut = primary.rolloutState === null || primary.rolloutState === 'COMPLETED'
  const isSteady = service.running === service.desired && service.pending === 0
  if (service.deployments.length === 1 && rolledOut && isSteady) return waitDone
  return waitingFor(wordsOf(service, primary, nowMs, sinceMs))
}
