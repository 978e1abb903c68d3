import type {
  ContainerDefinition,
  NetworkMode,
  PortMapping,
  RegisterTaskDefinitionRequest,
} from '@aws-sdk/client-ecs'
import type { TaskDefinitionRecord } from '../../state/ecs'
import { readCpuUnits, readMemoryMib } from './sizes'

/** A task definition as AWS gives it back: defaults filled in, sizes as plain numbers in strings. */
export function withDefaults(input: RegisterTaskDefinitionRequest): TaskDefinitionRecord['input'] {
  const { tags: _tags, ...kept } = input
  const fargate = input.requiresCompatibilities?.includes('FARGATE') ?? false
  const networkMode = input.networkMode ?? (fargate ? 'awsvpc' : undefined)
  const containers = input.containerDefinitions ?? []
  return {
    ...kept,
    ...(networkMode && { networkMode }),
    ...(input.cpu !== undefined && { cpu: String(readCpuUnits(input.cpu)) }),
    ...(input.memory !== undefined && { memory: String(readMemoryMib(input.memory)) }),
    volumes: input.volumes ?? [],
    placementConstraints: input.placementConstraints ?? [],
    containerDefinitions: containers.map((container) => containerWithDefaults(container, networkMode)),
  }
}

function containerWithDefaults(
  container: ContainerDefinition,
  networkMode: NetworkMode | undefined,
): ContainerDefinition {
  const { healthCheck } = container
  return {
    ...container,
    cpu: container.cpu ?? 0,
    portMappings: (container.portMappings ?? []).map((mapping) => portWithDefaults(mapping, networkMode)),
    essential: container.essential ?? true,
    environment: container.environment ?? [],
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    systemControls: container.systemControls ?? [],
    ...(healthCheck && { healthCheck: { interval: 30, timeout: 5, retries: 3, ...healthCheck } }),
  }
}

function portWithDefaults(mapping: PortMapping, networkMode: NetworkMode | undefined): PortMapping {
  const protocol = mapping.protocol ?? 'tcp'
  if (mapping.containerPortRange !== undefined) return { ...mapping, protocol }
  const shared = networkMode === 'awsvpc' || networkMode === 'host'
  const hostPort = shared ? mapping.hostPort || mapping.containerPort : (mapping.hostPort ?? 0)
  return { ...mapping, hostPort, protocol }
}
