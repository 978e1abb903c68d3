import type {
  ServiceDeployment,
  ServiceDeploymentBrief,
  ServiceDeploymentCircuitBreaker,
  ServiceRevision,
  ServiceRevisionSummary,
} from '@aws-sdk/client-ecs'
import type { Context } from '../../context'
import type {
  RevisionCounts,
  ServiceDeploymentRecord,
  ServiceRecord,
  ServiceRevisionRecord,
} from '../../state/ecs'
import { toWireTime, type Wire } from '../../wire/wire-type'
import { makeClusterArn } from '../arns'
import { isFargate } from '../services/settings'
import { taskDefinitionByArn } from '../task-definitions/find-task-definition'
import { measure } from './lifecycle'

const timeOrNothing = (ms: number | undefined) => (ms === undefined ? undefined : toWireTime(ms))

/** A service deployment as ListServiceDeployments gives it. */
export const briefView = (
  { scope }: Pick<Context, 'scope'>,
  record: ServiceDeploymentRecord,
): Wire<ServiceDeploymentBrief> => ({
  serviceDeploymentArn: record.arn,
  serviceArn: record.serviceArn,
  clusterArn: makeClusterArn(scope, record.clusterName),
  targetServiceRevisionArn: record.targetRevisionArn,
  status: record.status,
  statusReason: record.statusReason,
  createdAt: toWireTime(record.createdAtMs),
  startedAt: timeOrNothing(record.startedAtMs),
  finishedAt: timeOrNothing(record.finishedAtMs),
})

const summaryView = ({ arn, requested, running, pending }: RevisionCounts): ServiceRevisionSummary => ({
  arn,
  requestedTaskCount: requested,
  runningTaskCount: running,
  pendingTaskCount: pending,
})

/** The same as DescribeServiceDeployments gives it. */
export function deploymentView(
  context: Pick<Context, 'scope'>,
  record: ServiceDeploymentRecord,
  service: ServiceRecord,
): Wire<ServiceDeployment> {
  const { targetServiceRevisionArn: _target, ...brief } = briefView(context, record)
  const { target, ...rest } = record.outcome ?? {
    ...measure(record, service),
    breaker: 'MONITORING' as const,
  }
  const { rollback, deploymentConfiguration } = record
  return {
    ...brief,
    stoppedAt: timeOrNothing(record.stoppedAtMs),
    updatedAt: toWireTime(record.updatedAtMs),
    sourceServiceRevisions: record.sources.map(summaryView),
    targetServiceRevision: summaryView(target),
    deploymentConfiguration,
    rollback: rollback && {
      reason: rollback.reason,
      startedAt: toWireTime(rollback.startedAtMs),
      serviceRevisionArn: rollback.revisionArn,
    },
    deploymentCircuitBreaker: breakerView(record, rest),
    alarms: { status: 'DISABLED', alarmNames: [], triggeredAlarmNames: [] },
  }
}

const breakerView = (
  { deploymentConfiguration }: ServiceDeploymentRecord,
  {
    breaker,
    failedTasks,
    threshold,
  }: {
    readonly breaker: NonNullable<ServiceDeploymentCircuitBreaker['status']>
    readonly failedTasks: number
    readonly threshold: number
  },
): ServiceDeploymentCircuitBreaker => ({
  status: deploymentConfiguration.deploymentCircuitBreaker?.enable ? breaker : 'DISABLED',
  failureCount: failedTasks,
  threshold,
})

/** A service revision as DescribeServiceRevisions gives it. Images have no digest: none is pulled here. */
export function revisionView(
  { scope, state }: Pick<Context, 'scope' | 'state'>,
  record: ServiceRevisionRecord,
): Wire<ServiceRevision> {
  const { settings } = record
  const definition = taskDefinitionByArn(state.ecs, record.taskDefinitionArn)
  return {
    serviceRevisionArn: record.arn,
    serviceArn: record.serviceArn,
    clusterArn: makeClusterArn(scope, record.clusterName),
    taskDefinition: record.taskDefinitionArn,
    createdAt: toWireTime(record.createdAtMs),
    guardDutyEnabled: false,
    launchType: settings.launchType,
    capacityProviderStrategy: settings.capacityProviderStrategy,
    ...(isFargate(settings) && {
      platformVersion:
        settings.platformVersion === 'LATEST' ? '1.4.0' : (settings.platformVersion ?? '1.4.0'),
      platformFamily: 'Linux',
    }),
    loadBalancers: settings.loadBalancers,
    serviceRegistries: settings.serviceRegistries,
    networkConfiguration: settings.networkConfiguration,
    serviceConnectConfiguration: settings.serviceConnectConfiguration,
    volumeConfigurations: settings.volumeConfigurations,
    vpcLatticeConfigurations: settings.vpcLatticeConfigurations,
    containerImages: definition?.input.containerDefinitions.map(({ name, image }) => ({
      containerName: name,
      image,
    })),
  }
}
