import { breakerThreshold } from '../../scheduler/start-delay'
import type { DeploymentRecord, ServiceDeploymentRecord, ServiceRecord } from '../../state/ecs'
import { countRevisions } from './counts'

/**
 * The steps of a service deployment (ECS developer guide, "View service history using Amazon ECS service deployments"):
 * PENDING, IN_PROGRESS, then SUCCESSFUL; or STOPPED; or by way of ROLLBACK_REQUESTED and ROLLBACK_IN_PROGRESS to
 * ROLLBACK_SUCCESSFUL or ROLLBACK_FAILED. Every function changes the record it is given.
 */
const ended: readonly ServiceDeploymentRecord['status'][] = [
  'SUCCESSFUL',
  'STOPPED',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
]

export const hasEnded = ({ status }: Pick<ServiceDeploymentRecord, 'status'>): boolean =>
  ended.includes(status)

const isRollingBack = ({ status }: ServiceDeploymentRecord): boolean =>
  status === 'ROLLBACK_REQUESTED' || status === 'ROLLBACK_IN_PROGRESS'

/** The scheduler takes it up. */
export function begin(record: ServiceDeploymentRecord, nowMs: number): void {
  if (record.status !== 'PENDING') return
  record.status = 'IN_PROGRESS'
  record.startedAtMs = nowMs
  record.updatedAtMs = nowMs
}

/** The newest deployment of the service reached its count. */
export function complete(record: ServiceDeploymentRecord, service: ServiceRecord, nowMs: number): void {
  if (hasEnded(record)) return
  if (isRollingBack(record)) finish(record, service, 'ROLLBACK_SUCCESSFUL', nowMs)
  else {
    begin(record, nowMs)
    finish(record, service, 'SUCCESSFUL', nowMs)
  }
}

/** The circuit breaker opened and nothing is returned to. */
export function giveUp(record: ServiceDeploymentRecord, service: ServiceRecord, nowMs: number): void {
  if (hasEnded(record)) return
  const status = isRollingBack(record) ? 'ROLLBACK_FAILED' : 'STOPPED'
  keepOutcome(record, service, 'TRIGGERED')
  finish(
    record,
    service,
    status,
    nowMs,
    'The deployment circuit breaker was triggered: tasks failed to start.',
  )
}

/** Somebody asked for it to end where it is. */
export const stop = (record: ServiceDeploymentRecord, service: ServiceRecord, nowMs: number): void => {
  if (!hasEnded(record)) finish(record, service, 'STOPPED', nowMs, 'StopServiceDeployment was called.')
}

/** A newer service deployment takes over. */
export const supersede = (record: ServiceDeploymentRecord, service: ServiceRecord, nowMs: number): void => {
  if (!hasEnded(record))
    finish(record, service, 'STOPPED', nowMs, 'A newer service deployment took the place of this one.')
}

/** The scheduler returns to an earlier deployment. Call it before the service is set back. */
export function rollBackTo(
  record: ServiceDeploymentRecord,
  service: ServiceRecord,
  to: Pick<DeploymentRecord, 'revisionArn'>,
  { reason, nowMs }: { readonly reason: string; readonly nowMs: number },
): void {
  if (hasEnded(record)) return
  keepOutcome(record, service, record.status === 'ROLLBACK_REQUESTED' ? 'MONITORING_COMPLETE' : 'TRIGGERED')
  record.status = 'ROLLBACK_IN_PROGRESS'
  record.statusReason = reason
  record.startedAtMs ??= nowMs
  record.rollback = { reason, startedAtMs: nowMs, revisionArn: to.revisionArn }
  record.updatedAtMs = nowMs
}

function finish(
  record: ServiceDeploymentRecord,
  service: ServiceRecord,
  status: ServiceDeploymentRecord['status'],
  nowMs: number,
  reason?: string,
): void {
  keepOutcome(record, service, 'MONITORING_COMPLETE')
  record.status = status
  if (reason !== undefined) record.statusReason = reason
  record.updatedAtMs = nowMs
  if (status === 'STOPPED') record.stoppedAtMs = nowMs
  else record.finishedAtMs = nowMs
}

/** What it had come to; the first time counts. */
function keepOutcome(
  record: ServiceDeploymentRecord,
  service: ServiceRecord,
  breaker: 'TRIGGERED' | 'MONITORING_COMPLETE',
): void {
  record.outcome ??= { breaker, ...measure(record, service) }
}

/** How far a service deployment has come. */
export function measure(
  record: ServiceDeploymentRecord,
  service: ServiceRecord,
): Omit<NonNullable<ServiceDeploymentRecord['outcome']>, 'breaker'> {
  const deployment = service.deployments.find(({ id }) => id === record.deploymentId)
  const target = countRevisions(service).find(({ arn }) => arn === record.targetRevisionArn)
  return {
    failedTasks: deployment?.failedTasks ?? 0,
    threshold: breakerThreshold(service.desiredCount),
    target: target ?? {
      arn: record.targetRevisionArn,
      requested: service.desiredCount,
      running: 0,
      pending: 0,
    },
  }
}
