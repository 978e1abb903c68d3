import type { ServiceNode, Topology } from '@/lib/topology/model'

/** Which form is wanted, and what it shall begin with. */
export type ConnectWay = 'as it is' | 'on' | 'off' | 'migrate'

/** Somebody wants to change the Service Connect of a service. */
export type ConnectAsk = {
  readonly clusterArn: string
  readonly serviceArn: string
  /** Its card's. */
  readonly name: string
  readonly way: ConnectWay
}

/** Null for a card without an ECS service that could be changed now. */
export function connectAsk(topology: Topology, service: ServiceNode, way: ConnectWay): ConnectAsk | null {
  const cluster = topology.clusters.find(({ id }) => id === service.cluster)
  if (service.ecs?.status !== 'ACTIVE' || !cluster || topology.target.readOnly) return null
  return { clusterArn: cluster.arn, serviceArn: service.ecs.arn, name: service.name, way }
}
