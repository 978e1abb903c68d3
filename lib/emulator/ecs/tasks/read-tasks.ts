import type {
  DescribeTasksRequest,
  DescribeTasksResponse,
  Failure,
  ListTasksRequest,
  ListTasksResponse,
  Task,
} from '@aws-sdk/client-ecs'
import type { Context, Operation } from '../../context'
import type { ClusterRecord, TaskRecord } from '../../state/ecs'
import type { Wire } from '../../wire/wire-type'
import { makeTaskArn } from '../arns'
import { requireCluster } from '../clusters/find-cluster'
import { invalidParameter } from '../errors'
import { pageOf } from '../paging'
import { requireService } from '../services/find-service'
import { findTask } from './find-task'
import { taskView } from './task-view'

const maxDescribed = 100

export const describeTasks: Operation<DescribeTasksRequest, Wire<DescribeTasksResponse>> = (
  context,
  input,
) => {
  const wanted = input.tasks ?? []
  if (wanted.length === 0) throw invalidParameter('Tasks cannot be empty.')
  if (wanted.length > maxDescribed)
    throw invalidParameter(`Tasks can not have more than ${maxDescribed} entries.`)
  const cluster = requireCluster(context, input.cluster)
  const withTags = input.include?.includes('TAGS') ?? false
  const tasks: Wire<Task>[] = []
  const failures: Failure[] = []
  for (const identifier of wanted) {
    const task = findTask(context, cluster, identifier)
    if (task) tasks.push(taskView(context, task, withTags))
    else {
      const arn = identifier.startsWith('arn:')
        ? identifier
        : makeTaskArn(context.scope, cluster.name, identifier)
      failures.push({ arn, reason: 'MISSING' })
    }
  }
  return { tasks, failures }
}

/**
 * Tasks by desired status: RUNNING unless asked otherwise; PENDING gives none, as ECS never wants that. `startedBy` must be
 * the only filter (ECS API reference, "ListTasks").
 */
export const listTasks: Operation<ListTasksRequest, ListTasksResponse> = (context, input) => {
  const cluster = requireCluster(context, input.cluster)
  const { desiredStatus = 'RUNNING', startedBy, family, launchType, serviceName } = input
  if (startedBy !== undefined && (serviceName ?? family ?? input.containerInstance) !== undefined)
    throw invalidParameter('startedBy must be the only filter.')
  if (serviceName !== undefined && (family ?? input.containerInstance) !== undefined)
    throw invalidParameter('serviceName can not be combined with family or containerInstance.')
  const arns: string[] = []
  // There are no container instances here, so nothing runs on one.
  if (input.containerInstance === undefined)
    for (const task of candidates(context, cluster, desiredStatus, serviceName)) {
      if (task.desiredStatus !== desiredStatus) continue
      if (startedBy !== undefined && task.startedBy !== startedBy) continue
      if (family !== undefined && familyOf(task) !== family) continue
      if (launchType !== undefined && task.run?.launchType !== launchType) continue
      arns.push(task.arn)
    }
  const { keys, ...rest } = pageOf('ListTasks', arns, input)
  return { taskArns: keys, ...rest }
}

function candidates(
  context: Context,
  cluster: ClusterRecord,
  desiredStatus: string,
  serviceName: string | undefined,
): Iterable<TaskRecord> {
  if (serviceName === undefined)
    return desiredStatus === 'STOPPED' ? cluster.tasks.values() : cluster.live.values()
  const service = requireService(context, cluster, serviceName)
  if (desiredStatus !== 'STOPPED') return service.tasks.values()
  return [...cluster.tasks.values()].filter((task) => task.serviceName === service.name)
}

const familyOf = ({ taskDefinitionArn }: TaskRecord): string =>
  taskDefinitionArn.slice(taskDefinitionArn.lastIndexOf('/') + 1, taskDefinitionArn.lastIndexOf(':'))
