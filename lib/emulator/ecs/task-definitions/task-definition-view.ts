import type { Compatibility, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Scope } from '../../scope'
import type { TaskDefinitionRecord } from '../../state/ecs'
import { toWireTime, type Wire } from '../../wire/wire-type'
import { makeRootArn } from '../arns'
import { isFargateSize } from './sizes'

/** A task definition as the API gives it. */
export function taskDefinitionView(scope: Scope, record: TaskDefinitionRecord): Wire<TaskDefinition> {
  const view: Wire<TaskDefinition> = {
    taskDefinitionArn: record.arn,
    ...record.input,
    revision: record.revision,
    status: record.status,
    requiresAttributes: [],
    compatibilities: compatibilitiesOf(record.input),
    registeredAt: toWireTime(record.registeredAtMs),
    registeredBy: makeRootArn(scope),
  }
  if (record.deregisteredAtMs !== undefined) view.deregisteredAt = toWireTime(record.deregisteredAtMs)
  if (record.deleteRequestedAtMs !== undefined)
    view.deleteRequestedAt = toWireTime(record.deleteRequestedAtMs)
  return view
}

/** Where a task definition could run, which is more than where it asks to run. */
function compatibilitiesOf({ networkMode, cpu, memory }: TaskDefinitionRecord['input']): Compatibility[] {
  if (networkMode !== 'awsvpc') return ['EXTERNAL', 'EC2']
  return isFargateSize(Number(cpu), Number(memory)) ? ['EC2', 'FARGATE'] : ['EC2']
}
