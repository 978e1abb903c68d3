import type { Context } from '../../context'
import type {
  DeploymentRecord,
  ServiceDeploymentRecord,
  ServiceRecord,
  ServiceRevisionRecord,
} from '../../state/ecs'
import { makeServiceDeploymentArn, makeServiceRevisionArn } from '../arns'
import { countRevisions } from './counts'
import { supersede } from './lifecycle'

/** AWS shows 90 days of them; here the newest of each service are kept. */
const maxHistory = 50

/** Keeps what the service is set to now as a service revision. */
export function addServiceRevision(context: Context, service: ServiceRecord): ServiceRevisionRecord {
  const { scope, ids, clock, state } = context
  const revision: ServiceRevisionRecord = {
    arn: makeServiceRevisionArn(scope, service.clusterName, service.name, ids.digits(19)),
    serviceArn: service.arn,
    clusterName: service.clusterName,
    taskDefinitionArn: service.taskDefinitionArn,
    settings: service.settings,
    createdAtMs: clock.now(),
  }
  state.ecs.serviceRevisions.set(revision.arn, revision)
  return revision
}

/**
 * Makes the service deployment that this deployment carries out: PENDING until the scheduler takes it up. One that is
 * still under way is stopped by it. Call it before the deployment is put at the head of the service's.
 */
export function addServiceDeployment(
  context: Context,
  service: ServiceRecord,
  deployment: DeploymentRecord,
): void {
  const { scope, ids, clock, state } = context
  const now = clock.now()
  const current = currentServiceDeployment(context, service)
  if (current) supersede(current, service, now)
  const made: ServiceDeploymentRecord = {
    arn: makeServiceDeploymentArn(scope, service.clusterName, service.name, ids.alphanumeric(21)),
    serviceName: service.name,
    serviceArn: service.arn,
    clusterName: service.clusterName,
    deploymentId: deployment.id,
    targetRevisionArn: deployment.revisionArn,
    sources: countRevisions(service),
    deploymentConfiguration: service.settings.deploymentConfiguration ?? {},
    status: 'PENDING',
    createdAtMs: now,
    updatedAtMs: now,
  }
  state.ecs.serviceDeployments.set(made.arn, made)
  service.history.unshift(made.arn)
  service.owed = 'begin'
  for (const arn of service.history.splice(maxHistory)) forget(context, arn, inUse(service))
}

/** The newest service deployment; undefined only before the first. */
export function currentServiceDeployment(
  { state }: Pick<Context, 'state'>,
  { history: [arn] }: Pick<ServiceRecord, 'history'>,
): ServiceDeploymentRecord | undefined {
  return arn === undefined ? undefined : state.ecs.serviceDeployments.get(arn)
}

/** Deleting a service deletes its service deployments and revisions (ECS developer guide, "service deployments"). */
export function removeServiceDeployments(context: Context, service: ServiceRecord): void {
  service.owed = undefined
  for (const arn of service.history.splice(0)) forget(context, arn, [])
  for (const { revisionArn } of inUse(service)) context.state.ecs.serviceRevisions.delete(revisionArn)
}

/** What runs, or would be returned to: its revision is kept however old it is. */
const inUse = ({ deployments, lastCompleted }: ServiceRecord): readonly DeploymentRecord[] =>
  lastCompleted ? [...deployments, lastCompleted] : deployments

function forget({ state }: Context, arn: string, kept: readonly DeploymentRecord[]): void {
  const revisionArn = state.ecs.serviceDeployments.get(arn)?.targetRevisionArn
  state.ecs.serviceDeployments.delete(arn)
  if (revisionArn && !kept.some((deployment) => deployment.revisionArn === revisionArn))
    state.ecs.serviceRevisions.delete(revisionArn)
}
