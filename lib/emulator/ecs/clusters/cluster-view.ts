import type { Cluster, ClusterField, KeyValuePair } from '@aws-sdk/client-ecs'
import type { Context } from '../../context'
import type { ClusterRecord, TaskRecord } from '../../state/ecs'
import { tagsOf } from '../tags/tags'
import { isPending } from '../tasks/task-status'
import { findNamespace } from './namespace'

/** A cluster as DescribeClusters gives it. Settings, configuration, statistics and tags come only when asked for. */
export function clusterView(
  context: Context,
  cluster: ClusterRecord,
  include: readonly ClusterField[],
): Cluster {
  const counts = countTasks(cluster)
  const services = countServices(cluster, 'ACTIVE')
  const view: Cluster = {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: counts.running.ec2 + counts.running.fargate,
    pendingTasksCount: counts.pending.ec2 + counts.pending.fargate,
    activeServicesCount: services.ec2 + services.fargate,
    statistics: include.includes('STATISTICS') ? statisticsOf(cluster) : [],
    tags: include.includes('TAGS') ? tagsOf(context.state.ecs, cluster.arn) : [],
    settings: include.includes('SETTINGS') ? cluster.settings : [],
    capacityProviders: cluster.capacityProviders,
    defaultCapacityProviderStrategy: cluster.defaultCapacityProviderStrategy,
  }
  if (include.includes('CONFIGURATIONS') && cluster.configuration) view.configuration = cluster.configuration
  if (include.includes('ATTACHMENTS')) view.attachments = []
  if (cluster.serviceConnectNamespace !== undefined)
    view.serviceConnectDefaults = {
      namespace:
        findNamespace(context, cluster.serviceConnectNamespace)?.arn ?? cluster.serviceConnectNamespace,
    }
  return view
}

type ByLaunchType = { ec2: number; fargate: number }

const launchKind = (launchType: string | undefined): keyof ByLaunchType =>
  launchType === 'EC2' ? 'ec2' : 'fargate'

function countTasks(cluster: ClusterRecord): { running: ByLaunchType; pending: ByLaunchType } {
  const running = { ec2: 0, fargate: 0 }
  const pending = { ec2: 0, fargate: 0 }
  for (const task of cluster.live.values()) {
    if (task.lastStatus === 'RUNNING') running[launchKindOf(task)]++
    else if (isPending(task)) pending[launchKindOf(task)]++
  }
  return { running, pending }
}

const launchKindOf = (task: TaskRecord) => launchKind(task.run?.launchType)

function countServices(cluster: ClusterRecord, status: 'ACTIVE' | 'DRAINING'): ByLaunchType {
  const counts = { ec2: 0, fargate: 0 }
  for (const service of cluster.services.values())
    if (service.status === status) counts[launchKind(service.settings.launchType)]++
  return counts
}

function statisticsOf(cluster: ClusterRecord): KeyValuePair[] {
  const { running, pending } = countTasks(cluster)
  const active = countServices(cluster, 'ACTIVE')
  const draining = countServices(cluster, 'DRAINING')
  const statistics = {
    runningEC2TasksCount: running.ec2,
    runningFargateTasksCount: running.fargate,
    pendingEC2TasksCount: pending.ec2,
    pendingFargateTasksCount: pending.fargate,
    activeEC2ServiceCount: active.ec2,
    activeFargateServiceCount: active.fargate,
    drainingEC2ServiceCount: draining.ec2,
    drainingFargateServiceCount: draining.fargate,
  }
  return Object.entries(statistics).map(([name, value]) => ({ name, value: String(value) }))
}
