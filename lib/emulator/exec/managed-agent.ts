import type { ManagedAgent } from '@aws-sdk/client-ecs'
import type { Context } from '../context'
import type { ContainerRecord, TaskRecord } from '../state/ecs'
import { toWireTime, type Wire } from '../wire/wire-type'

type Status = 'PENDING' | 'RUNNING' | 'STOPPED'

/**
 * How the exec agent of a container stands; undefined where there is none: in a task run without `enableExecuteCommand`, and in a
 * container that ECS added itself.
 */
export function agentStatus(
  { runtime }: Pick<Context, 'runtime'>,
  task: Readonly<TaskRecord>,
  container: Readonly<ContainerRecord>,
): Status | undefined {
  if (task.run?.enableExecuteCommand !== true || container.name.startsWith('ecs-service-connect-'))
    return undefined
  return runtime.canExecute ? container.lastStatus : 'STOPPED'
}

/** `managedAgents` of a container, as a member to spread. */
export function managedAgents(
  context: Pick<Context, 'runtime'>,
  task: Readonly<TaskRecord>,
  container: Readonly<ContainerRecord>,
): { managedAgents?: Wire<ManagedAgent>[] } {
  const lastStatus = agentStatus(context, task, container)
  if (lastStatus === undefined) return {}
  const startedAtMs = lastStatus === 'PENDING' ? undefined : (task.pullStoppedAtMs ?? task.startedAtMs)
  return {
    managedAgents: [
      {
        name: 'ExecuteCommandAgent',
        lastStatus,
        ...(startedAtMs !== undefined && { lastStartedAt: toWireTime(startedAtMs) }),
        ...(!context.runtime.canExecute && { reason: 'A simulated task has no processes to enter.' }),
      },
    ],
  }
}
