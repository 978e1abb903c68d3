import type { Cluster, EcsService, Task } from '../inventory/model'
import type { Planned, PlanStep } from '../plan/plan'
import { planStep } from '../plan/step'
import type { Change } from './change'
import { callerConsequences, deleteServiceStep, nameConsequences, taskConsequences } from './departures'
import { type DeleteClusterInput, deleteClusterInput } from './inputs/delete-cluster'
import { byName, counted, listed } from './list-words'
import { clusterByArn } from './look-up'
import { ownerRefusal } from './owner'
import { planned, refuse } from './refuse'
import { makeStepIds } from './step-id'
import type { World } from './world'

type Contents = {
  readonly services: readonly EcsService[]
  /** Names of services that could not be described. */
  readonly unread: readonly string[]
  /** Tasks that no service of the cluster takes with it. */
  readonly tasks: readonly Task[]
}

function contentsOf(cluster: Cluster, { inventory }: World): Contents {
  const services = byName(
    inventory.services.filter((one) => one.clusterArn === cluster.arn && one.status !== 'INACTIVE'),
  )
  const groups = new Set(services.map((service) => `service:${service.name}`))
  return {
    services,
    unread: inventory.undescribedServices
      .filter((one) => one.clusterArn === cluster.arn)
      .map((one) => one.name),
    tasks: inventory.tasks.filter(
      (task) =>
        task.clusterArn === cluster.arn &&
        task.desiredStatus !== 'STOPPED' &&
        task.lastStatus !== 'STOPPED' &&
        !groups.has(task.group),
    ),
  }
}

function contentsRefusal(
  cluster: Cluster,
  { services, unread, tasks }: Contents,
  { withContents }: DeleteClusterInput,
): Planned | null {
  if (!cluster.servicesRead || !cluster.tasksRead || unread.length > 0)
    return refuse(
      'ContentsNotRead',
      `What is in ${cluster.name} could not all be read, and ECS deletes only empty clusters.`,
      'Allow ecs:ListServices, ecs:DescribeServices and ecs:ListTasks, then try again.',
    )
  if (withContents || services.length + tasks.length === 0) return null
  const parts = [
    ...(services.length > 0
      ? [`${counted(services.length, 'service')} (${listed(services.map((one) => one.name))})`]
      : []),
    ...(tasks.length > 0 ? [counted(tasks.length, 'task')] : []),
  ]
  return refuse(
    'NotEmpty',
    `${cluster.name} has ${parts.join(' and ')}; ECS deletes only empty clusters.`,
    'Choose to delete them as well.',
  )
}

const stopStep = (task: Task, id: string): PlanStep =>
  planStep(
    {
      command: 'ecs:StopTask',
      input: { cluster: task.clusterArn, task: task.arn, reason: 'Its cluster is deleted from Switchboard' },
    },
    { id, sentence: `Stop task ${task.id.slice(0, 8)}, which no service keeps running.` },
  )

/** Deletes a cluster, its services and tasks first, if wished. */
export const deleteCluster: Change<DeleteClusterInput> = {
  kind: 'delete-cluster',
  schema: deleteClusterInput,
  plan(input, world) {
    const cluster = clusterByArn(world, input.clusterArn)
    if (!cluster) return refuse('ClusterGone', 'This cluster does not exist any more.', 'Look at the map.')
    const contents = contentsOf(cluster, world)
    const { services, tasks } = contents
    const refusal =
      contentsRefusal(cluster, contents, input) ??
      ownerRefusal([
        { label: cluster.name, tags: cluster.tags },
        ...services.map((one) => ({ label: `the service ${one.name}`, tags: one.tags })),
      ])
    if (refusal) return refusal
    const ids = makeStepIds()
    return planned({
      title: `Delete cluster ${cluster.name}`,
      steps: [
        ...services.filter((one) => one.status === 'ACTIVE').map((one) => deleteServiceStep(one, ids)),
        ...tasks.map((task) => stopStep(task, ids('stop-task', task.id))),
        planStep(
          { command: 'ecs:DeleteCluster', input: { cluster: cluster.arn } },
          { id: 'delete-cluster', sentence: `Delete the cluster ${cluster.name}.` },
        ),
      ],
      seen: [
        {
          subject: { kind: 'cluster', cluster: cluster.arn },
          facts: { status: cluster.status, activeServices: cluster.activeServices },
        },
      ],
      consequences: [
        ...callerConsequences(
          services.map((one) => one.arn),
          world,
        ),
        ...nameConsequences(services, world),
        ...taskConsequences(services),
        ...(tasks.length > 0
          ? [
              {
                tone: 'warn' as const,
                text: `${counted(tasks.length, 'task')} of no service will be stopped.`,
              },
            ]
          : []),
      ],
      confirm: cluster.name,
    })
  },
}
