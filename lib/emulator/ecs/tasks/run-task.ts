import type { RunTaskRequest, RunTaskResponse, Tag } from '@aws-sdk/client-ecs'
import type { Context, Operation } from '../../context'
import type { ClusterRecord, EcsState, TaskDefinitionRecord } from '../../state/ecs'
import { ApiError } from '../../wire/api-error'
import type { Wire } from '../../wire/wire-type'
import { requireClusterForTasks } from '../clusters/find-cluster'
import { invalidParameter } from '../errors'
import { fingerprint } from '../fingerprint'
import { honour } from '../lenient'
import { checkNetwork } from '../network/check-network'
import { localNetwork } from '../network/local-network'
import { notHonouredInTasks } from '../services/not-honoured'
import { withNetworkDefaults } from '../services/settings'
import { checkTags } from '../tags/tags'
import { requireTaskDefinition } from '../task-definitions/find-task-definition'
import { addTask } from './add-task'
import { managedTags, propagatedTags } from './task-tags'
import { taskView } from './task-view'

const maxTasks = 10
const maxClientToken = 64
const maxStartedBy = 128
const tokensKept = 1_000

/**
 * Standalone tasks. With a client token the same request gives the same tasks again, and another one
 * `ConflictException`.
 */
export const runTask: Operation<RunTaskRequest, Wire<RunTaskResponse>> = (context, input) => {
  const { state, scope } = context
  const count = input.count ?? 1
  if (!Number.isInteger(count) || count < 1 || count > maxTasks)
    throw invalidParameter(`count must be a whole number between 1 and ${maxTasks}.`)
  if ((input.clientToken?.length ?? 0) > maxClientToken)
    throw invalidParameter(`clientToken can have at most ${maxClientToken} characters.`)
  if ((input.startedBy?.length ?? 0) > maxStartedBy)
    throw invalidParameter(`startedBy can have at most ${maxStartedBy} characters.`)
  if (input.group?.startsWith('service:'))
    throw invalidParameter('The group of a standalone task can not start with service:.')
  if (input.launchType && input.capacityProviderStrategy?.length)
    throw invalidParameter('Specifying both a launch type and capacity provider strategy is not supported.')
  checkTags(input.tags)
  const cluster = requireClusterForTasks(context, input.cluster)
  const again = tasksOfToken(context, cluster, input)
  if (again) return again
  const definition = requireTaskDefinition(context, input.taskDefinition ?? '')
  checkOverrides(input, definition)
  checkPlacement(context, input, definition)

  const group = input.group ?? `family:${definition.family}`
  const tags = tagsFor(context, input, cluster, definition)
  const launchType = input.launchType ?? (input.capacityProviderStrategy?.length ? undefined : 'EC2')
  const { overrides, enableExecuteCommand, capacityProviderStrategy, platformVersion } = input
  const run = {
    ...(overrides && { overrides }),
    ...(enableExecuteCommand !== undefined && { enableExecuteCommand }),
    ...(capacityProviderStrategy && { capacityProviderStrategy }),
    ...(platformVersion !== undefined && { platformVersion }),
    ...(launchType && { launchType }),
    ...withNetworkDefaults(input.networkConfiguration),
  }
  const tasks = Array.from({ length: count }, () =>
    addTask(context, { cluster, taskDefinition: definition, group, startedBy: input.startedBy, run, tags }),
  )
  if (input.clientToken !== undefined) {
    forgetOldTokens(state.ecs)
    const taskArns = tasks.map(({ arn }) => arn)
    state.ecs.runTokens.set(tokenKey(cluster, input.clientToken), {
      fingerprint: fingerprint(input),
      taskArns,
    })
  }
  context.wakeScheduler(scope)
  return { tasks: tasks.map((task) => taskView(context, task, true)), failures: [] }
}

const tokenKey = (cluster: ClusterRecord, clientToken: string): string => `${cluster.name}/${clientToken}`

function tasksOfToken(
  context: Context,
  cluster: ClusterRecord,
  input: RunTaskRequest,
): Wire<RunTaskResponse> | undefined {
  if (input.clientToken === undefined) return undefined
  const before = context.state.ecs.runTokens.get(tokenKey(cluster, input.clientToken))
  if (!before) return undefined
  if (before.fingerprint !== fingerprint(input))
    throw new ApiError('ConflictException', 'The client token was used for another request.', {
      resourceIds: before.taskArns,
    })
  const tasks = before.taskArns.flatMap((arn) => cluster.tasks.get(idOf(arn)) ?? [])
  return { tasks: tasks.map((task) => taskView(context, task, true)), failures: [] }
}

/** A token is good for as long as one of its tasks is describable. */
function forgetOldTokens({ runTokens, tasks }: EcsState): void {
  if (runTokens.size < tokensKept) return
  for (const [key, { taskArns }] of runTokens)
    if (!taskArns.some((arn) => tasks.has(idOf(arn)))) runTokens.delete(key)
}

const idOf = (taskArn: string): string => taskArn.slice(taskArn.lastIndexOf('/') + 1)

function checkOverrides({ overrides }: RunTaskRequest, { input }: TaskDefinitionRecord): void {
  for (const { name } of overrides?.containerOverrides ?? [])
    if (!input.containerDefinitions.some((container) => container.name === name))
      throw invalidParameter(`Override for container named ${name} is not a container in the TaskDefinition.`)
}

function checkPlacement(context: Context, input: RunTaskRequest, definition: TaskDefinitionRecord): void {
  const subject = `Task of ${definition.family}:${definition.revision}`
  const refusals = checkNetwork(input.networkConfiguration, definition, localNetwork(context))
  if (input.launchType === 'FARGATE' && definition.input.networkMode !== 'awsvpc')
    refusals.push(invalidParameter('Task definition does not support launch_type FARGATE.'))
  const fargate = input.launchType === 'FARGATE' || (input.capacityProviderStrategy?.length ?? 0) > 0
  if (!fargate) refusals.push(invalidParameter('No Container Instances were found in your cluster.'))
  const remarks = refusals.map((refusal) => honour(context.config, refusal))
  for (const remark of [...remarks, ...notHonouredInTasks(definition)])
    context.log('warn', `${subject}: ${remark}`)
}

function tagsFor(
  { state }: Context,
  input: RunTaskRequest,
  cluster: ClusterRecord,
  definition: TaskDefinitionRecord,
): Tag[] {
  const propagated = propagatedTags(
    state.ecs,
    input.propagateTags === 'TASK_DEFINITION' ? definition.arn : undefined,
  )
  const managed = input.enableECSManagedTags ? managedTags(cluster.name) : []
  return [...propagated, ...(input.tags ?? []), ...managed]
}
