import { type CreateServiceInput, MOST_DISCOVERABLE_TASKS } from './inputs/service-shape'
import { readTaskDefinitionJson } from './task-definition-json'

export type Conflict = { readonly path: readonly (string | number)[]; readonly message: string }

/** A port as a discovery service or Service Connect can name it. */
type NamedPort = { readonly container: string; readonly port: number; readonly name: string }

/** The ports of a task definition that comes with the input; null when it is an existing one, which only the server knows. */
function portsOf(choice: CreateServiceInput['taskDefinition']): readonly NamedPort[] | null {
  if (choice.kind === 'existing') return null
  if (choice.kind === 'form')
    return choice.form.containers.flatMap((container) =>
      container.ports.map((port) => ({
        container: container.name,
        port: port.containerPort,
        name: port.name,
      })),
    )
  const read = readTaskDefinitionJson(choice.text)
  if (!read.ok) return null
  return (read.input.containerDefinitions ?? []).flatMap((container) =>
    (container.portMappings ?? []).map((port) => ({
      container: container.name ?? '',
      port: port.containerPort ?? 0,
      name: port.name ?? '',
    })),
  )
}

function registryConflicts({ registry }: CreateServiceInput, ports: readonly NamedPort[] | null): Conflict[] {
  if (registry.kind === 'none') return []
  const conflicts: Conflict[] = []
  const types = registry.kind === 'existing' ? registry.recordTypes : [registry.service.records]
  const { containerName, containerPort } = registry
  if (types.includes('CNAME'))
    conflicts.push({
      path: registry.kind === 'existing' ? ['registry', 'id'] : ['registry', 'service', 'records'],
      message: 'ECS registers addresses, and a CNAME holds a name: choose another discovery service.',
    })
  if (!types.includes('SRV')) return conflicts
  if (containerName === '')
    conflicts.push({
      path: ['registry', 'containerName'],
      message: 'An SRV record holds a port: choose the container and its port.',
    })
  else if (containerPort === null)
    conflicts.push({
      path: ['registry', 'containerPort'],
      message: 'An SRV record holds a port: choose one.',
    })
  else if (ports && !ports.some((one) => one.container === containerName && one.port === containerPort))
    conflicts.push({
      path: ['registry', 'containerPort'],
      message: `The container ${containerName} has no port ${containerPort} in the task definition.`,
    })
  return conflicts
}

function serviceConnectConflicts(input: CreateServiceInput, ports: readonly NamedPort[] | null): Conflict[] {
  const { registry, serviceConnect } = input
  if (serviceConnect.kind === 'none') return []
  const conflicts: Conflict[] = []
  if (serviceConnect.namespace.kind === 'same' && registry.kind === 'none')
    conflicts.push({
      path: ['serviceConnect', 'namespace', 'kind'],
      message: 'There is no discovery service here whose namespace could be shared: choose one.',
    })
  if (serviceConnect.kind === 'client') return conflicts
  const sharesNamespace =
    registry.kind === 'new' &&
    (serviceConnect.namespace.kind === 'same' ||
      (serviceConnect.namespace.kind === 'existing' &&
        registry.service.namespace.kind === 'existing' &&
        serviceConnect.namespace.id === registry.service.namespace.id))
  const names = new Set<string>()
  serviceConnect.endpoints.forEach((endpoint, index) => {
    const path = (field: string) => ['serviceConnect', 'endpoints', index, field]
    const name = endpoint.discoveryName || endpoint.portName
    if (ports && !ports.some((one) => one.name === endpoint.portName))
      conflicts.push({
        path: path('portName'),
        message: `No port of the task definition is named ${endpoint.portName}.`,
      })
    if (names.has(name))
      conflicts.push({ path: path('discoveryName'), message: 'Another endpoint has this discovery name.' })
    names.add(name)
    if (sharesNamespace && name === registry.service.name)
      conflicts.push({
        path: path('discoveryName'),
        message: 'The discovery service has this name in the same namespace; Service Connect needs another.',
      })
  })
  return conflicts
}

/** What cannot be together in a new service, each with the field to change. Pure; used by the form's schema. */
export function serviceConflicts(input: CreateServiceInput): readonly Conflict[] {
  const ports = portsOf(input.taskDefinition)
  const conflicts = [...registryConflicts(input, ports), ...serviceConnectConflicts(input, ports)]
  const isFound = input.registry.kind !== 'none' || input.serviceConnect.kind === 'client and server'
  if (isFound && input.desiredCount > MOST_DISCOVERABLE_TASKS)
    conflicts.push({
      path: ['desiredCount'],
      message: 'Cloud Map takes 1,000 instances per discovery service, so at most 1,000 tasks.',
    })
  if (input.taskDefinition.kind === 'form' && input.network === null)
    conflicts.push({ path: ['network'], message: 'Tasks on Fargate need subnets.' })
  return conflicts
}
