import type { CreateServiceRequest, ServiceConnectConfiguration } from '@aws-sdk/client-ecs'
import type { Context } from '../../context'
import type { ClusterRecord, TaskDefinitionRecord } from '../../state/ecs'
import { findNamespace } from '../clusters/namespace'
import { invalidParameter, namespaceNotFound } from '../errors'

/**
 * Checks a Service Connect configuration and gives it back with the namespace as the ARN that AWS echoes. Throws
 * `NamespaceNotFoundException` and `InvalidParameterException`.
 */
export function checkServiceConnect(
  context: Context,
  cluster: ClusterRecord,
  configuration: CreateServiceRequest['serviceConnectConfiguration'],
  { input }: TaskDefinitionRecord,
): ServiceConnectConfiguration | undefined {
  if (!configuration?.enabled) return configuration
  const wanted = configuration.namespace ?? cluster.serviceConnectNamespace
  if (!wanted)
    throw invalidParameter(
      'Service Connect needs a namespace: specify one in serviceConnectConfiguration or as the default of the cluster.',
    )
  const namespace = findNamespace(context, wanted)
  if (!namespace && configuration.namespace) throw namespaceNotFound(wanted)
  const ports = input.containerDefinitions.flatMap(({ portMappings = [] }) => portMappings)
  for (const { portName, clientAliases = [] } of configuration.services ?? []) {
    if (!ports.some(({ name }) => name !== undefined && name === portName))
      throw invalidParameter(
        `portName(${portName}) does not refer to any named PortMapping in the container definitions`,
      )
    if (clientAliases.length > 1)
      throw invalidParameter(`portName(${portName}) can have at most 1 client alias.`)
  }
  return { ...configuration, namespace: namespace?.arn ?? wanted }
}
