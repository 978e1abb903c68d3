import type { Deployment, Service } from '@aws-sdk/client-ecs'
import type { Context } from '../../context'
import type { DeploymentRecord, ServiceRecord } from '../../state/ecs'
import { toWireTime, type Wire } from '../../wire/wire-type'
import { makeClusterArn, makeRootArn } from '../arns'
import { tagsOf } from '../tags/tags'
import { isPending } from '../tasks/task-status'
import { isFargate } from './settings'

type Counts = { running: number; pending: number }

/** A service as DescribeServices gives it. `serviceConnectConfiguration` stands on its deployments, as on AWS. */
export function serviceView(context: Context, service: ServiceRecord, withTags: boolean): Wire<Service> {
  const {
    serviceName: _name,
    serviceConnectConfiguration: _connect,
    volumeConfigurations: _volumes,
    vpcLatticeConfigurations: _lattice,
    role: _role,
    gatewayConnectors: _connectors,
    monitoring: _monitoring,
    ...settings
  } = service.settings
  const counts = countByDeployment(service)
  let running = 0
  let pending = 0
  for (const count of counts.values()) {
    running += count.running
    pending += count.pending
  }
  const view: Wire<Service> = {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: makeClusterArn(context.scope, service.clusterName),
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: running,
    pendingCount: pending,
    taskDefinition: service.taskDefinitionArn,
    ...settings,
    deployments: service.deployments.map((deployment) =>
      deploymentView(deployment, counts.get(deployment.id), service),
    ),
    events: service.events.map(({ id, atMs, message }) => ({ id, createdAt: toWireTime(atMs), message })),
    createdAt: toWireTime(service.createdAtMs),
    createdBy: makeRootArn(context.scope),
  }
  if (isFargate(service.settings)) view.platformFamily = 'Linux'
  if (withTags) view.tags = tagsOf(context.state.ecs, service.arn)
  return view
}

function countByDeployment({ tasks }: ServiceRecord): Map<string, Counts> {
  const counts = new Map<string, Counts>()
  for (const task of tasks.values()) {
    const id = task.deploymentId ?? ''
    let count = counts.get(id)
    if (!count) {
      count = { running: 0, pending: 0 }
      counts.set(id, count)
    }
    if (task.lastStatus === 'RUNNING') count.running++
    else if (isPending(task)) count.pending++
  }
  return counts
}

function deploymentView(
  deployment: DeploymentRecord,
  { running, pending }: Counts = { running: 0, pending: 0 },
  service: ServiceRecord,
): Wire<Deployment> {
  const { settings } = deployment
  const primary = deployment.status === 'PRIMARY'
  const view: Wire<Deployment> = {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinitionArn,
    // What is being replaced wants no more than what is left of it.
    desiredCount: primary ? service.desiredCount : Math.min(service.desiredCount, running + pending),
    pendingCount: pending,
    runningCount: running,
    failedTasks: deployment.failedTasks,
    createdAt: toWireTime(deployment.createdAtMs),
    updatedAt: toWireTime(deployment.updatedAtMs),
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutReason,
  }
  if (settings.launchType) view.launchType = settings.launchType
  if (settings.capacityProviderStrategy) view.capacityProviderStrategy = settings.capacityProviderStrategy
  if (isFargate(settings)) {
    view.platformVersion =
      settings.platformVersion === 'LATEST' ? '1.4.0' : (settings.platformVersion ?? '1.4.0')
    view.platformFamily = 'Linux'
  }
  if (settings.networkConfiguration) view.networkConfiguration = settings.networkConfiguration
  if (settings.serviceConnectConfiguration)
    view.serviceConnectConfiguration = settings.serviceConnectConfiguration
  if (settings.volumeConfigurations) view.volumeConfigurations = settings.volumeConfigurations
  if (settings.vpcLatticeConfigurations) view.vpcLatticeConfigurations = settings.vpcLatticeConfigurations
  return view
}
