import {
  completedText,
  deadlockText,
  failedText,
  rollingBackText,
  steadyText,
  unplacedText,
} from '../ecs/services/event-text'
import { ceilingOf, floorOf } from '../ecs/services/percentages'
import { isPending } from '../ecs/tasks/task-status'
import { retireEndpoints } from '../service-connect/retire-endpoints'
import type { DeploymentRecord, ServiceRecord } from '../state/ecs'
import type { ServiceAction, ServiceStep } from './action'
import { chooseSurplus } from './choose'
import { breakerThreshold } from './start-delay'
import { finishedDeployments, type HealthTimes, type Survey, surveyTasks } from './survey'

export type ReconcileConfig = HealthTimes & {
  readonly inactiveServiceKeptMs: number
  readonly endpointRemovalMs: number
  /** With it, tasks that need a container instance are not placed, as there is none. */
  readonly strict: boolean
}

const steadyRepeatMs = 6 * 3_600_000

/**
 * What a service needs now, from its wanted state, its tasks and the time. Pure: it reads the record and changes nothing.
 * Call it again after performing what it gave, until it gives nothing.
 */
export function reconcileService(
  service: Readonly<ServiceRecord>,
  nowMs: number,
  config: ReconcileConfig,
): ServiceStep {
  const [primary] = service.deployments
  if (service.status === 'INACTIVE') {
    const forgetAtMs = (service.inactiveAtMs ?? nowMs) + config.inactiveServiceKeptMs
    if (nowMs >= forgetAtMs) return { actions: [{ kind: 'forget' }] }
    const retired = retire(service, nowMs, config)
    return { actions: retired.actions, ...earliest(forgetAtMs, retired.dueAtMs) }
  }
  if (service.status === 'DRAINING') return drain(service, primary)
  if (!primary) return { actions: [] }
  if (service.owed) return { actions: settleOwed(service, primary, service.owed) }
  const broken = circuitBreaker(service, primary)
  if (broken.length > 0) return { actions: broken }

  const finished = finishedDeployments(service)
  if (finished.length > 0)
    return { actions: finished.map((deploymentId) => ({ kind: 'drop-deployment', deploymentId })) }
  const survey = surveyTasks(service, primary, nowMs, config)
  const moves = planMoves(service, primary, survey, nowMs, config)
  if (moves.actions.length > 0) return moves
  const rest = settle(service, primary, survey, nowMs)
  if (rest.actions.length > 0) return rest
  const retired = retire(service, nowMs, config)
  return {
    actions: retired.actions,
    ...earliest(survey.dueAtMs, moves.dueAtMs, rest.dueAtMs, retired.dueAtMs),
  }
}

function retire(
  service: Readonly<ServiceRecord>,
  nowMs: number,
  { endpointRemovalMs }: ReconcileConfig,
): ServiceStep {
  const { dueAtMs, ...retirement } = retireEndpoints(service, nowMs, endpointRemovalMs)
  const acts = retirement.marked !== undefined || retirement.removed.length > 0
  return { actions: acts ? [{ kind: 'retire-endpoints', ...retirement }] : [], ...earliest(dueAtMs) }
}

function drain(service: Readonly<ServiceRecord>, primary: DeploymentRecord | undefined): ServiceStep {
  if (service.tasks.size === 0) return { actions: [{ kind: 'deactivate' }] }
  const running = [...service.tasks.values()].filter(({ desiredStatus }) => desiredStatus === 'RUNNING')
  return {
    actions: stopping(
      running.map(({ id }) => id),
      scalingReason(primary),
    ),
  }
}

const scalingReason = (primary: DeploymentRecord | undefined): string =>
  `Scaling activity initiated by (deployment ${primary?.id})`

const stopping = (taskIds: readonly string[], reason: string, unhealthy = false): ServiceAction[] =>
  taskIds.length > 0 ? [{ kind: 'stop-tasks', taskIds, reason, unhealthy }] : []

/** What was asked of the current service deployment. */
function settleOwed(
  service: Readonly<ServiceRecord>,
  primary: DeploymentRecord,
  owed: NonNullable<ServiceRecord['owed']>,
): ServiceAction[] {
  if (owed === 'begin') return [{ kind: 'begin' }]
  const target = service.lastCompleted
  if (owed === 'roll-back' && target && target.id !== primary.id)
    return [
      { kind: 'event', message: rollingBackText(service.name, target.id) },
      {
        kind: 'roll-back',
        to: target,
        reason: 'Service deployment rolled back because StopServiceDeployment was called.',
      },
    ]
  return [
    {
      kind: 'change-deployment',
      deploymentId: primary.id,
      changes: {
        rolloutState: 'FAILED',
        rolloutReason: `ECS deployment ${primary.id} stopped by StopServiceDeployment.`,
      },
    },
    { kind: 'stop' },
  ]
}

/** A deployment whose tasks fail again and again is given up, and taken back when that was asked for. */
function circuitBreaker(service: Readonly<ServiceRecord>, primary: DeploymentRecord): ServiceAction[] {
  const breaker = service.settings.deploymentConfiguration?.deploymentCircuitBreaker
  if (!breaker?.enable || primary.rolloutState !== 'IN_PROGRESS') return []
  if (primary.failedTasks < breakerThreshold(service.desiredCount)) return []
  const actions: ServiceAction[] = [
    {
      kind: 'change-deployment',
      deploymentId: primary.id,
      changes: {
        rolloutState: 'FAILED',
        rolloutReason: 'ECS deployment circuit breaker: tasks failed to start.',
      },
    },
    { kind: 'event', message: failedText(service.name, primary.id) },
  ]
  const target = service.lastCompleted
  if (breaker.rollback && target && target.id !== primary.id)
    actions.push(
      { kind: 'event', message: rollingBackText(service.name, target.id) },
      {
        kind: 'roll-back',
        to: target,
        reason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
      },
    )
  else actions.push({ kind: 'give-up' })
  return actions
}

/** Starts and stops, within what the percentages allow. */
function planMoves(
  service: Readonly<ServiceRecord>,
  primary: DeploymentRecord,
  { good, healthy, unhealthy, holding, idle }: Survey,
  nowMs: number,
  config: ReconcileConfig,
): ServiceStep {
  const desired = service.desiredCount
  const floor = floorOf(desired, service.settings.deploymentConfiguration)
  const ceiling = ceilingOf(desired, service.settings.deploymentConfiguration)
  const failed = primary.rolloutState === 'FAILED'
  const actions: ServiceAction[] = []

  const surplus = chooseSurplus(good, good.length - desired)
  const given = new Set(surplus)
  const healthyLeft = healthy.filter(({ id }) => !given.has(id)).length
  // What a failed deployment did not replace stays: it is what still works.
  const available = holding.length + healthyLeft
  const released = failed
    ? []
    : [
        ...idle.map(({ id }) => id),
        ...chooseSurplus(holding, Math.max(0, Math.min(holding.length, available - floor))),
      ]
  const scaledIn = [...surplus, ...released]

  const goodLeft = good.length - surplus.length
  const missing = failed ? 0 : Math.max(0, desired - goodLeft)
  const present = goodLeft + unhealthy.length + holding.length + idle.length - released.length
  // Below 0 after the ceiling was lowered: then an eviction makes no room yet.
  const room = ceiling - present
  // An unhealthy task goes when its replacement is healthy; without room for one it goes first, one at a time.
  const replacedAlready = Math.max(0, unhealthy.length - Math.max(0, desired - healthyLeft))
  const waiting = good.some((task) => !given.has(task.id) && isPending(task))
  const makeRoom = missing > 0 && room <= 0 && scaledIn.length === 0 && !waiting ? 1 : 0
  const evicted = unhealthy
    .slice(0, Math.min(unhealthy.length, Math.max(replacedAlready, makeRoom)))
    .map(({ id }) => id)

  actions.push(...stopping(evicted, 'Task failed container health checks', true))
  actions.push(...stopping(scaledIn, scalingReason(primary)))
  const startable = Math.max(0, Math.min(missing, room + evicted.length))
  if (startable > 0) {
    if (isUnplaceable(service, config)) actions.push(...tellOnce(service, unplacedText(service.name)))
    else if (nowMs < primary.nextStartAtMs) return { actions, dueAtMs: primary.nextStartAtMs }
    else
      actions.push({
        kind: 'start-tasks',
        deploymentId: primary.id,
        count: startable,
        replaced: Math.min(startable, unhealthy.length),
      })
  } else if (missing > 0 && actions.length === 0 && good.length === healthy.length && !primary.deadlockTold) {
    actions.push(
      { kind: 'event', message: deadlockText(service.name) },
      { kind: 'change-deployment', deploymentId: primary.id, changes: { deadlockTold: true } },
    )
  }
  return { actions }
}

const isUnplaceable = ({ settings }: Readonly<ServiceRecord>, { strict }: ReconcileConfig): boolean =>
  strict && settings.launchType !== undefined && settings.launchType !== 'FARGATE'

const tellOnce = ({ events }: Readonly<ServiceRecord>, message: string): ServiceAction[] =>
  events[0]?.message === message ? [] : [{ kind: 'event', message }]

/** With nothing to move: deployment completed, steady state reached, or steady no more. */
function settle(
  service: Readonly<ServiceRecord>,
  primary: DeploymentRecord,
  { good, healthy, unhealthy, holding, idle }: Survey,
  nowMs: number,
): ServiceStep {
  const desired = service.desiredCount
  const steady =
    service.deployments.length === 1 &&
    good.length === desired &&
    healthy.length === desired &&
    unhealthy.length + holding.length + idle.length === 0 &&
    primary.rolloutState !== 'FAILED'
  if (!steady)
    return service.steadySinceMs === undefined
      ? { actions: [] }
      : { actions: [{ kind: 'steady', sinceMs: undefined }] }
  const actions: ServiceAction[] = []
  if (primary.rolloutState === 'IN_PROGRESS')
    actions.push(
      {
        kind: 'change-deployment',
        deploymentId: primary.id,
        changes: { rolloutState: 'COMPLETED', rolloutReason: `ECS deployment ${primary.id} completed.` },
      },
      { kind: 'complete', deploymentId: primary.id },
      { kind: 'event', message: completedText(service.name, primary.id) },
    )
  const repeatAtMs = (service.steadySinceMs ?? Number.NEGATIVE_INFINITY) + steadyRepeatMs
  if (nowMs < repeatAtMs) return { actions, dueAtMs: repeatAtMs }
  actions.push({ kind: 'event', message: steadyText(service.name) }, { kind: 'steady', sinceMs: nowMs })
  return { actions }
}

function earliest(...times: (number | undefined)[]): { dueAtMs?: number } {
  const known = times.filter((time) => time !== undefined)
  return known.length > 0 ? { dueAtMs: Math.min(...known) } : {}
}
