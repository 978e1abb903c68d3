import type { Deployment, Service } from '@aws-sdk/client-ecs'
import type { Context } from '../../context'
import type { DeploymentRecord, ServiceRecord } from '../../state/ecs'
import { toWireTime, type Wire } from '../../wire/wire-type'
import { makeClusterArn, makeRootArn } from '../arns'
import { countByDeployment, countRevisions, type TaskCounts, wantedBy } from '../service-deployments/counts'
import { tagsOf } from '../tags/tags'
import { isFargate } from './settings'

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
  const [current] = service.history
  if (current !== undefined) view.currentServiceDeployment = current
  if (service.deployments.length > 0)
    view.currentServiceRevisions = countRevisions(service).map(({ arn, requested, running, pending }) => ({
      arn,
      requestedTaskCount: requested,
      runningTaskCount: running,
      pendingTaskCount: pending,
    }))
  if (isFargate(service.settings)) view.platformFamily = 'Linux'
  if (withTags) view.tags = tagsOf(context.state.ecs, service.arn)
  return view
}

function deploymentView(
  deployment: DeploymentRecord,
  { running, pending }: TaskCounts = { running: 0, pending: 0 },
  service: ServiceRecord,
): Wire<Deployment> {
  const { settings } = deployment
  const view: Wire<Deployment> = {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinitionArn,
    desiredCount: wantedBy(deployment, { running, pending }, service.desiredCount),
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
  if (deployment.connect && deployment.connect.served.length > 0)
    view.serviceConnectResources = deployment.connect.served.map(({ discoveryName, endpointArn }) => ({
      discoveryName,
      discoveryArn: endpointArn,
    }))
  if (settings.volumeConfigurations) view.volumeConfigurations = settings.volumeConfigurations
  if (settings.vpcLatticeConfigurations) view.vpcLatticeConfigurations = settings.vpcLatticeConfigurations
  return view
}
