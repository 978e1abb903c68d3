import type { DiscoveryService, EcsService, Namespace, Task, TaskDefinition } from '../inventory/model'
import { rolloutOf } from './health'
import type { DiscoveryFacts, EcsFacts, ServiceNode } from './model'

/** How many events travel with a card. */
const EVENTS = 20

export function ecsFacts(service: EcsService): EcsFacts {
  return {
    arn: service.arn,
    serviceName: service.name,
    status: service.status,
    desired: service.desired,
    running: service.running,
    pending: service.pending,
    launchType: service.launchType,
    taskDefinitionArn: service.taskDefinitionArn,
    taskDefinition: service.taskDefinitionArn.slice(service.taskDefinitionArn.lastIndexOf('/') + 1),
    rollout: rolloutOf(service),
    events: service.events.slice(0, EVENTS),
    createdAtMs: service.createdAtMs,
  }
}

/** `backend-api.production.local`; null when it has no DNS records or its namespace is unknown. */
export function dnsNameOf(registry: DiscoveryService, namespace: Namespace | undefined): string | null {
  if (!namespace || namespace.type === 'HTTP' || registry.dnsRecords.length === 0) return null
  // A service named `.` stands for the namespace itself.
  return registry.name === '.' ? namespace.name : `${registry.name}.${namespace.name}`
}

export function discoveryFacts(registry: DiscoveryService, namespace: Namespace | undefined): DiscoveryFacts {
  const instances = registry.instances
  return {
    arn: registry.arn,
    serviceId: registry.id,
    name: registry.name,
    namespaceName: namespace?.httpName ?? '',
    dnsName: dnsNameOf(registry, namespace),
    dnsRecords: registry.dnsRecords,
    routingPolicy: registry.routingPolicy,
    healthCheck: registry.healthCheck,
    registered: instances?.length ?? null,
    // UNKNOWN counts as healthy, as DNS and DiscoverInstances treat it (Cloud Map developer guide).
    healthy: instances?.filter((instance) => instance.health !== 'UNHEALTHY').length ?? null,
  }
}

type Containers = Pick<ServiceNode, 'ports' | 'images'>

/** Ports and images: from the task definition when it is known, else what the running tasks tell. */
export function containerFacts(definition: TaskDefinition | undefined, tasks: readonly Task[]): Containers {
  const standIns = new Set(tasks.flatMap((task) => task.standInImages))
  if (definition) {
    const seen = new Set<string>()
    const ports: Containers['ports'][number][] = []
    for (const mapping of definition.containers.flatMap((container) => container.ports)) {
      const key = `${mapping.container}/${mapping.containerPort}/${mapping.protocol}`
      if (seen.has(key)) continue
      seen.add(key)
      ports.push({
        container: mapping.container,
        port: mapping.containerPort,
        protocol: mapping.protocol,
        name: mapping.name,
      })
    }
    const images = definition.containers.map((container) => ({
      container: container.name,
      image: container.image,
      standIn: standIns.has(container.image),
    }))
    return { ports, images }
  }
  const images = new Map<string, Containers['images'][number]>()
  for (const container of tasks.flatMap((task) => task.containers))
    if (container.image !== null && !images.has(container.name))
      images.set(container.name, {
        container: container.name,
        image: container.image,
        standIn: standIns.has(container.image),
      })
  return { ports: [], images: [...images.values()] }
}
