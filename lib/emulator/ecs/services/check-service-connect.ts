import type { CreateServiceRequest, ServiceConnectConfiguration } from '@aws-sdk/client-ecs'
import { sameServiceName, servicesOf } from '../../cloud-map/find'
import type { Context } from '../../context'
import { type ConnectEntry, namedPort, readEntries } from '../../service-connect/read-entries'
import type { NamespaceRecord } from '../../state/cloud-map'
import type { ClusterRecord, ConnectEndpointRecord, TaskDefinitionRecord } from '../../state/ecs'
import type { ApiError } from '../../wire/api-error'
import { makeServiceArn } from '../arns'
import { findNamespace } from '../clusters/namespace'
import { invalidParameter, namespaceNotFound } from '../errors'
import { checkConnectEntry, checkConnectPorts } from './check-connect-entry'

/** A configuration that was found good, and what AWS would refuse of it without harm here. */
export type CheckedConnect = {
  readonly configuration: ServiceConnectConfiguration | undefined
  readonly refusals: readonly ApiError[]
}

/**
 * Checks a Service Connect configuration (ECS developer guide, "Service Connect configuration overview") and gives it back
 * with the namespace as the ARN that AWS echoes. Changes nothing; throws `NamespaceNotFoundException` and
 * `InvalidParameterException`.
 */
export function checkServiceConnect(
  context: Context,
  cluster: ClusterRecord,
  settings: Pick<
    CreateServiceRequest,
    'serviceConnectConfiguration' | 'serviceName' | 'launchType' | 'platformVersion'
  >,
  definition: TaskDefinitionRecord,
): CheckedConnect {
  const { serviceConnectConfiguration: configuration, serviceName = '' } = settings
  if (!configuration?.enabled) return { configuration, refusals: [] }
  const wanted = configuration.namespace ?? cluster.serviceConnectNamespace
  if (!wanted)
    throw invalidParameter(
      'Service Connect needs a namespace: specify one in serviceConnectConfiguration or as the default of the cluster.',
    )
  const namespace = findNamespace(context, wanted)
  if (!namespace) throw namespaceNotFound(wanted)
  checkPlatform(settings)
  checkLogs(configuration)
  const { containerDefinitions: containers, networkMode } = definition.input
  const tls = configuration.services?.some((entry) => entry.tls !== undefined)
  checkNetworkMode(networkMode, tls === true)
  for (const entry of configuration.services ?? [])
    checkConnectEntry(entry, namedPort(containers, entry.portName))
  const entries = readEntries(configuration, containers, namespace.name)
  checkConnectPorts(entries, containers)
  checkNames(context, namespace, entries, makeServiceArn(context.scope, cluster.name, serviceName))
  return {
    configuration: { ...configuration, namespace: namespace.arn },
    refusals: [...networkRefusals(networkMode), ...memoryRefusals(definition)],
  }
}

function checkPlatform({
  launchType,
  platformVersion,
}: Pick<CreateServiceRequest, 'launchType' | 'platformVersion'>): void {
  if (launchType === 'EXTERNAL')
    throw invalidParameter('Service Connect is not supported with the launch type EXTERNAL.')
  if (/^1\.[0-3]\./.test(platformVersion ?? ''))
    throw invalidParameter(`Service Connect needs platform version 1.4.0 or later, not ${platformVersion}.`)
}

/** An access log is part of the proxy's log, so that has to be told where to go. */
function checkLogs({
  accessLogConfiguration,
  logConfiguration,
}: Pick<ServiceConnectConfiguration, 'accessLogConfiguration' | 'logConfiguration'>): void {
  if (accessLogConfiguration && !logConfiguration)
    throw invalidParameter('accessLogConfiguration needs a logConfiguration, which says where its lines go.')
}

function checkNetworkMode(networkMode: string | undefined, tls: boolean): void {
  if (networkMode === 'host' || networkMode === 'none')
    throw invalidParameter(
      `Service Connect is not supported with networkMode=${networkMode}: use awsvpc or bridge.`,
    )
  if (tls && networkMode !== 'awsvpc')
    throw invalidParameter('Service Connect supports TLS only with networkMode=awsvpc.')
}

/** On AWS the tasks would not start; here they do. */
const networkRefusals = (networkMode: string | undefined): ApiError[] =>
  networkMode === undefined
    ? [invalidParameter('Service Connect needs networkMode awsvpc or bridge in the task definition.')]
    : []

function memoryRefusals({ input }: TaskDefinitionRecord): ApiError[] {
  if (input.memory === undefined)
    return [
      invalidParameter('Service Connect needs the memory of the task to be set in the task definition.'),
    ]
  const taken = input.containerDefinitions.reduce((sum, { memory = 0 }) => sum + memory, 0)
  return taken >= Number(input.memory)
    ? [
        invalidParameter(
          `Service Connect needs memory for its proxy: the containers take ${taken} MiB of the task's ${input.memory}.`,
        ),
      ]
    : []
}

/** Discovery names and pairs of alias and port belong to one service of a namespace. */
function checkNames(
  { state }: Context,
  namespace: NamespaceRecord,
  entries: readonly ConnectEntry[],
  ownArn: string,
): void {
  const { connectEndpoints } = state.ecs
  const discovery = [...servicesOf(state.cloudMap, namespace.id)]
  const others = [...connectEndpoints.values()].filter(
    ({ namespaceId, serviceArn }) => namespaceId === namespace.id && serviceArn !== ownArn,
  )
  const owned = [...connectEndpoints.values()].filter(
    ({ namespaceId, serviceArn }) => namespaceId === namespace.id && serviceArn === ownArn,
  )
  for (const entry of entries) {
    const { portName, discoveryName } = entry
    const taken = discovery.find((service) => sameServiceName(service, service.name, discoveryName))
    if (taken && !owned.some(({ id }) => id === taken.id)) {
      const by = others.find(({ id }) => id === taken.id)?.serviceArn ?? `the Cloud Map service ${taken.arn}`
      throw invalidParameter(
        `SC service is already used by ${by} in namespace ${namespace.arn}: ${discoveryName}`,
      )
    }
    const clash = others.find((other) => isSameAlias(other, entry))
    if (clash)
      throw invalidParameter(
        `The client alias ${entry.alias}:${entry.aliasPort} is already used by ${clash.serviceArn} in namespace ${namespace.arn}.`,
      )
    const before = owned.find(({ server }) => server?.discoveryName === discoveryName)?.server
    if (before && before.protocol !== entry.protocol)
      throw invalidParameter(
        `The appProtocol of portName(${portName}) is ${before.protocol} and can not be changed to ${entry.protocol} while the service exists.`,
      )
  }
}

const isSameAlias = ({ server }: ConnectEndpointRecord, { alias, aliasPort }: ConnectEntry): boolean =>
  server?.alias === alias.toLowerCase() && server.port === aliasPort
