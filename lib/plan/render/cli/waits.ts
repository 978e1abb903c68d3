import type { PlanStep, Wait } from '../../plan'
import { type Fields, inputOf, member, type Value } from '../value'
import { awsCall, type Shell } from './call'
import { PAUSE_SECONDS } from './functions'
import { shellJson, variableJson } from './shell-json'

const looks = (wait: Wait) => Math.max(1, Math.ceil(wait.timeoutMs / 1_000 / PAUSE_SECONDS))

const present = (fields: Readonly<Record<string, Value | undefined>>): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )

const listOf = (value: Value | undefined): readonly Value[] => (value === undefined ? [] : [value])

/**
 * The line that waits as the step says; what is waited for is read off the call's own input. The CLI's own waiters look every 15 s for
 * ten minutes (AWS CLI reference, `wait services-stable`). `operation`: the variable with the operation's id.
 */
export function waitLine(shell: Shell, step: PlanStep, wait: Wait, operation: string | null): string | null {
  const input = inputOf(step)
  const cluster = member(input, 'cluster')
  const services = listOf(member(input, 'service') ?? member(input, 'serviceName'))
  switch (wait.kind) {
    case 'operation':
      return operation && `wait_operation ${variableJson('OperationId', operation)} ${looks(wait)}`
    case 'no instances': {
      const service = present({ ServiceId: member(input, 'ServiceId') ?? member(input, 'Id') })
      return `wait_no_instances ${shellJson(service, shell.variableOf)} ${looks(wait)}`
    }
    case 'namespace empty': {
      const id = member(input, 'Id')
      const filters = [{ Name: 'NAMESPACE_ID', Values: listOf(id), Condition: 'EQ' }]
      return `wait_namespace_empty ${shellJson({ Filters: filters }, shell.variableOf)} ${looks(wait)}`
    }
    case 'service stable':
      return awsCall(shell, 'ecs wait services-stable', present({ cluster, services }), null)
    case 'service gone':
      return awsCall(shell, 'ecs wait services-inactive', present({ cluster, services }), null)
    case 'rollback ended': {
      const which = present({ serviceDeploymentArns: listOf(member(input, 'serviceDeploymentArn')) })
      return `wait_rolled_back ${shellJson(which, shell.variableOf)} ${looks(wait)}`
    }
    case 'task stopped':
      return awsCall(
        shell,
        'ecs wait tasks-stopped',
        present({ cluster, tasks: listOf(member(input, 'task')) }),
        null,
      )
  }
}
