import type { NamespaceFilter, OperationFilter, ServiceFilter } from '@aws-sdk/client-servicediscovery'
import type { Scope } from '../scope'
import type {
  CloudMapState,
  DiscoveryServiceRecord,
  NamespaceRecord,
  OperationRecord,
} from '../state/cloud-map'
import type { Wire } from '../wire/wire-type'
import { checkLength, invalidInput } from './check'
import { toId } from './find'

type Filter = Wire<NamespaceFilter | ServiceFilter | OperationFilter>

/** Which conditions a filter name takes; the first is the default (Cloud Map API reference, "NamespaceFilter" …). */
type Conditions = Readonly<Record<string, readonly string[]>>

const namespaceConditions: Conditions = {
  TYPE: ['EQ', 'BEGINS_WITH'],
  NAME: ['EQ', 'BEGINS_WITH'],
  HTTP_NAME: ['EQ', 'BEGINS_WITH'],
  RESOURCE_OWNER: ['EQ'],
}
const serviceConditions: Conditions = { NAMESPACE_ID: ['EQ'], RESOURCE_OWNER: ['EQ'] }
const operationConditions: Conditions = {
  NAMESPACE_ID: ['EQ'],
  SERVICE_ID: ['EQ'],
  STATUS: ['EQ', 'IN'],
  TYPE: ['EQ', 'IN'],
  UPDATE_DATE: ['BETWEEN'],
}

/** Several filters are ANDed. Each of these throws `InvalidInput` for a filter that Cloud Map does not take. */
export function namespaceFilter(
  filters: readonly Wire<NamespaceFilter>[] | undefined,
): (namespace: NamespaceRecord) => boolean {
  const tests = (filters ?? []).map((filter) => {
    const { condition, values } = readFilter(filter, namespaceConditions)
    const matches = (text: string) =>
      condition === 'BEGINS_WITH' ? text.startsWith(values[0] ?? '') : text === values[0]
    return (namespace: NamespaceRecord): boolean => {
      switch (filter.Name) {
        case 'TYPE':
          return matches(namespace.type)
        case 'HTTP_NAME':
          return matches(namespace.httpName)
        case 'RESOURCE_OWNER':
          return isOwner(values)
        default:
          return matches(namespace.name)
      }
    }
  })
  return (namespace) => tests.every((test) => test(namespace))
}

/** Filters of ListServices. */
export function serviceFilter(
  filters: readonly Wire<ServiceFilter>[] | undefined,
): (service: DiscoveryServiceRecord) => boolean {
  const tests = (filters ?? []).map((filter) => {
    const { values } = readFilter(filter, serviceConditions)
    return (service: DiscoveryServiceRecord): boolean =>
      filter.Name === 'RESOURCE_OWNER' ? isOwner(values) : service.namespaceId === toId(values[0] ?? '')
  })
  return (service) => tests.every((test) => test(service))
}

/** Filters of ListOperations. STATUS takes `SUCCEED` too: the API's text says so where its enum says SUCCESS. */
export function operationFilter(
  filters: readonly Wire<OperationFilter>[] | undefined,
  state: CloudMapState,
): (operation: OperationRecord) => boolean {
  const tests = (filters ?? []).map((filter) => {
    const { values } = readFilter(filter, operationConditions)
    const [from, to] = filter.Name === 'UPDATE_DATE' ? readDates(values) : [0, 0]
    const statuses = values.map((value) => (value === 'SUCCEED' ? 'SUCCESS' : value))
    return (operation: OperationRecord): boolean => {
      switch (filter.Name) {
        case 'NAMESPACE_ID':
          return namespaceOf(operation, state) === toId(values[0] ?? '')
        case 'SERVICE_ID':
          return operation.targets.SERVICE === toId(values[0] ?? '')
        case 'STATUS':
          return statuses.includes(operation.status)
        case 'TYPE':
          return values.includes(operation.type)
        default:
          return operation.updatedAtMs / 1000 >= from && operation.updatedAtMs / 1000 <= to
      }
    }
  })
  return (operation) => tests.every((test) => test(operation))
}

const namespaceOf = (operation: OperationRecord, state: CloudMapState): string | undefined =>
  operation.targets.NAMESPACE ?? state.services.get(operation.targets.SERVICE ?? '')?.namespaceId

function readFilter(filter: Filter, allowed: Conditions): { condition: string; values: readonly string[] } {
  const name = filter.Name ?? ''
  const conditions = allowed[name] ?? []
  const condition = filter.Condition ?? conditions[0] ?? ''
  const values = filter.Values ?? []
  if (!conditions.includes(condition)) {
    throw invalidInput(`Filters: ${name} takes the condition ${conditions.join(' or ')}, not ${condition}.`)
  }
  for (const value of values) checkLength(`Filters: value of ${name}`, value, 1, 255)
  const wanted = condition === 'BETWEEN' ? 2 : 1
  if (values.length < wanted || (condition !== 'IN' && values.length > wanted)) {
    throw invalidInput(
      `Filters: ${name} with ${condition} takes ${condition === 'IN' ? 'one or more values' : `${wanted} value(s)`}; ${values.length} were given.`,
    )
  }
  if (name === 'RESOURCE_OWNER' && !['SELF', 'OTHER_ACCOUNTS'].includes(values[0] ?? '')) {
    throw invalidInput('Filters: RESOURCE_OWNER is SELF or OTHER_ACCOUNTS.')
  }
  return { condition, values }
}

/** Nothing is shared between accounts here, so everything is one's own. */
const isOwner = (values: readonly string[]): boolean => values[0] === 'SELF'

function readDates(values: readonly string[]): [number, number] {
  const from = Number(values[0])
  const to = Number(values[1])
  if (!Number.isFinite(from) || !Number.isFinite(to) || from > to) {
    throw invalidInput('Filters: UPDATE_DATE takes two times in epoch seconds, the start first.')
  }
  return [from, to]
}

/** Whether an OwnerAccount member names the caller's own account; nothing is shared with others here. */
export const ownsEverything = (scope: Scope, account: string | undefined): boolean =>
  account === undefined || account === scope.accountId
