import type {
  DeleteTaskDefinitionsRequest,
  DeleteTaskDefinitionsResponse,
  DeregisterTaskDefinitionRequest,
  DeregisterTaskDefinitionResponse,
  DescribeTaskDefinitionRequest,
  DescribeTaskDefinitionResponse,
  Failure,
  RegisterTaskDefinitionRequest,
  RegisterTaskDefinitionResponse,
  TaskDefinition,
} from '@aws-sdk/client-ecs'
import type { Operation } from '../../context'
import type { TaskDefinitionRecord } from '../../state/ecs'
import type { Wire } from '../../wire/wire-type'
import { makeTaskDefinitionArn } from '../arns'
import { clientFault, invalidParameter } from '../errors'
import { readTaskDefinitionReference } from '../identifiers'
import { honour } from '../lenient'
import { checkTags, setTags, tagsOf } from '../tags/tags'
import { taskDefinitionFaults } from './faults'
import { findTaskDefinition } from './find-task-definition'
import { taskDefinitionView } from './task-definition-view'
import { withDefaults } from './with-defaults'

const maxDeleted = 10

const registerTaskDefinition: Operation<
  RegisterTaskDefinitionRequest,
  Wire<RegisterTaskDefinitionResponse>
> = (context, input) => {
  checkTags(input.tags)
  const faults = taskDefinitionFaults(input)
  const refusal = faults.find(({ honourable }) => !honourable)
  if (refusal) throw clientFault(refusal.message)
  const remarks = faults.map(({ message }) => honour(context.config, clientFault(message)))
  for (const remark of remarks) context.log('warn', `Task definition ${input.family}: ${remark}`)
  const { state, scope, clock } = context
  const family = input.family ?? ''
  const revisions = state.ecs.taskDefinitions.get(family) ?? []
  const revision = revisions.length + 1
  const record: TaskDefinitionRecord = {
    arn: makeTaskDefinitionArn(scope, family, revision),
    family,
    revision,
    status: 'ACTIVE',
    input: withDefaults(input),
    registeredAtMs: clock.now(),
  }
  revisions.push(record)
  state.ecs.taskDefinitions.set(family, revisions)
  setTags(state.ecs, record.arn, input.tags)
  return { taskDefinition: taskDefinitionView(scope, record), tags: input.tags ?? [] }
}

const describeTaskDefinition: Operation<
  DescribeTaskDefinitionRequest,
  Wire<DescribeTaskDefinitionResponse>
> = (context, input) => {
  const record = findTaskDefinition(context, input.taskDefinition ?? '')
  if (!record) throw clientFault('Unable to describe task definition.')
  const view = { taskDefinition: taskDefinitionView(context.scope, record) }
  return input.include?.includes('TAGS') ? { ...view, tags: tagsOf(context.state.ecs, record.arn) } : view
}

/** From ACTIVE to INACTIVE: what runs goes on, nothing new can be made of it. */
const deregisterTaskDefinition: Operation<
  DeregisterTaskDefinitionRequest,
  Wire<DeregisterTaskDefinitionResponse>
> = (context, input) => {
  const reference = input.taskDefinition ?? ''
  if (readTaskDefinitionReference(reference, context.scope)?.revision === undefined)
    throw clientFault('The specified task definition needs a revision: family:revision.')
  const record = findTaskDefinition(context, reference)
  if (!record) throw clientFault('The specified task definition does not exist.')
  if (record.status === 'DELETE_IN_PROGRESS')
    throw clientFault('The specified task definition is in the process of being deleted.')
  if (record.status === 'ACTIVE') {
    record.status = 'INACTIVE'
    record.deregisteredAtMs = context.clock.now()
  }
  return { taskDefinition: taskDefinitionView(context.scope, record) }
}

/** Only INACTIVE revisions can be deleted; the number of a deleted one is never used again. */
const deleteTaskDefinitions: Operation<DeleteTaskDefinitionsRequest, Wire<DeleteTaskDefinitionsResponse>> = (
  context,
  input,
) => {
  const references = input.taskDefinitions ?? []
  if (references.length === 0) throw invalidParameter('Task definitions cannot be empty.')
  if (references.length > maxDeleted)
    throw invalidParameter(`Task definitions can not have more than ${maxDeleted} entries.`)
  const taskDefinitions: Wire<TaskDefinition>[] = []
  const failures: Failure[] = []
  for (const reference of references) {
    const wanted = readTaskDefinitionReference(reference, context.scope)
    if (wanted?.revision === undefined)
      throw invalidParameter(`Invalid task definition '${reference}': use family:revision or the full ARN.`)
    const record = findTaskDefinition(context, reference)
    const arn = record?.arn ?? makeTaskDefinitionArn(context.scope, wanted.family, wanted.revision)
    if (!record) failures.push({ arn, reason: 'The specified task definition does not exist.' })
    else if (record.status === 'ACTIVE')
      failures.push({
        arn,
        reason:
          'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
      })
    else {
      record.status = 'DELETE_IN_PROGRESS'
      record.deleteRequestedAtMs ??= context.clock.now()
      taskDefinitions.push(taskDefinitionView(context.scope, record))
    }
  }
  return { taskDefinitions, failures }
}

/** The operations on single task definitions; lists are in `list-operations`. */
export const taskDefinitionOperations = {
  RegisterTaskDefinition: registerTaskDefinition,
  DescribeTaskDefinition: describeTaskDefinition,
  DeregisterTaskDefinition: deregisterTaskDefinition,
  DeleteTaskDefinitions: deleteTaskDefinitions,
}
