import type { ServiceRegistry } from '@aws-sdk/client-ecs'
import type { DiscoveryServiceRecord } from '../../state/cloud-map'
import type { TaskDefinitionRecord } from '../../state/ecs'
import { invalidParameter } from '../errors'

/**
 * Rules of `serviceRegistries` by network mode (ECS developer guide, "Service discovery considerations"): awsvpc takes
 * A, AAAA or SRV; bridge and host only SRV, with containerName and containerPort; none takes no registry. Throws
 * `InvalidParameterException`.
 */
export function checkRegistries(
  registries: readonly ServiceRegistry[],
  definition: TaskDefinitionRecord,
  findRegistry: (arn: string) => DiscoveryServiceRecord | undefined,
): void {
  if (registries.length > 1) throw invalidParameter('A service can have at most 1 service registry.')
  const [registry] = registries
  if (!registry) return
  if (!registry.registryArn?.startsWith('arn:'))
    throw invalidParameter(
      `Invalid registryArn '${registry.registryArn ?? ''}': the ARN of a Cloud Map service.`,
    )
  const discovery = findRegistry(registry.registryArn)
  if (!discovery) throw invalidParameter(`The service registry '${registry.registryArn}' could not be found.`)
  checkPorts(registry, definition)
  const { networkMode = 'bridge' } = definition.input
  if (networkMode === 'none')
    throw invalidParameter('Service registries are not supported when networkMode=none.')
  const srv = discovery.dnsRecords.some(({ Type }) => Type === 'SRV')
  if (discovery.dnsRecords.some(({ Type }) => Type === 'CNAME'))
    throw invalidParameter(
      `The service registry '${discovery.name}' has CNAME records; Amazon ECS registers A, AAAA and SRV records.`,
    )
  const byContainer = registry.containerName !== undefined && registry.containerPort !== undefined
  if (networkMode !== 'awsvpc') {
    if (!byContainer)
      throw invalidParameter(
        "When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task definition.",
      )
    if (!srv)
      throw invalidParameter(
        `When specifying 'host' or 'bridge' for networkMode, the service registry needs SRV records; '${discovery.name}' has none.`,
      )
  } else if (srv && byContainer === (registry.port !== undefined)) {
    throw invalidParameter(
      "When specifying 'awsvpc' for networkMode with an SRV record, specify either 'port' or 'containerName' and 'containerPort', and not both.",
    )
  }
}

function checkPorts(
  { port, containerName, containerPort }: ServiceRegistry,
  { input }: TaskDefinitionRecord,
): void {
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535))
    throw invalidParameter(`Invalid port ${port} in serviceRegistries: 1 to 65535.`)
  if ((containerName === undefined) !== (containerPort === undefined))
    throw invalidParameter(
      "serviceRegistries: 'containerName' and 'containerPort' must be specified together.",
    )
  if (containerName === undefined) return
  const container = input.containerDefinitions.find(({ name }) => name === containerName)
  if (!container)
    throw invalidParameter(`The container ${containerName} does not exist in the task definition.`)
  if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort))
    throw invalidParameter(
      `The container ${containerName} did not have a container port ${containerPort} defined.`,
    )
}
