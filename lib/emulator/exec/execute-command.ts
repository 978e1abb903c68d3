import type { ExecuteCommandRequest, ExecuteCommandResponse } from '@aws-sdk/client-ecs'
import type { Context, Operation } from '../context'
import { requireCluster } from '../ecs/clusters/find-cluster'
import { clientFault, invalidParameter } from '../ecs/errors'
import { findTask } from '../ecs/tasks/find-task'
import type { ContainerRecord, TaskRecord } from '../state/ecs'
import { ApiError } from '../wire/api-error'
import { agentStatus } from './managed-agent'
import { splitCommand } from './split-command'

const maxCommand = 65_536

/** AWS says this for a task that was run without it, and for one whose agent is not up (yet, or any more). */
const notEnabled =
  'The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.'

/**
 * Grants a session in which one command runs in a container of a running task; its stream URL speaks the SSM data channel (ECS API
 * reference, "ExecuteCommand").
 */
export const executeCommand: Operation<ExecuteCommandRequest, ExecuteCommandResponse> = (context, input) => {
  const command = input.command ?? ''
  if (command.trim() === '') throw invalidParameter('Command cannot be empty.')
  if (command.length > maxCommand)
    throw invalidParameter(`Command can have at most ${maxCommand} characters.`)
  if (input.interactive !== true) throw invalidParameter('Interactive is the only mode supported currently.')
  const cluster = requireCluster(context, input.cluster)
  const task = findTask(context, cluster, input.task ?? '')
  if (!task) throw invalidParameter('The referenced task was not found.')
  if (task.run?.enableExecuteCommand !== true || task.lastStatus !== 'RUNNING' || !context.runtime.canExecute)
    throw invalidParameter(notEnabled)
  const container = chooseContainer(context, task, input.container)
  const target = { taskId: task.id, container: container.name, words: splitCommand(command) ?? [] }
  const granted = context.exec.open(context.scope, target)
  if (!granted)
    throw clientFault('There are too many open execute command sessions. Close one and try again.')
  return {
    clusterArn: cluster.arn,
    taskArn: task.arn,
    containerArn: container.arn,
    containerName: container.name,
    interactive: true,
    session: {
      sessionId: granted.sessionId,
      streamUrl: context.exec.streamUrl(granted.sessionId),
      tokenValue: granted.token,
    },
  }
}

function chooseContainer(context: Context, task: TaskRecord, name: string | undefined): ContainerRecord {
  const withAgent = task.containers.filter((one) => agentStatus(context, task, one) !== undefined)
  if (name === undefined && withAgent.length > 1)
    throw invalidParameter(
      'A container name is required for a task with several containers. Specify the container and try again.',
    )
  const container = name === undefined ? withAgent[0] : withAgent.find((one) => one.name === name)
  if (!container)
    throw invalidParameter(
      `The container ${name === undefined ? '' : `${name} `}was not found in the task, or has no execute command agent.`,
    )
  if (agentStatus(context, task, container) !== 'RUNNING')
    throw new ApiError(
      'TargetNotConnectedException',
      'The execute command failed due to an internal error. Try again later.',
    )
  return container
}
