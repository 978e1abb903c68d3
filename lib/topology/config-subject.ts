import type { Topology } from './model'

/** The AWS resources behind a card; null when the map has no such card. */
export function configSubjectOf(topology: Topology, nodeId: string) {
  const node = topology.services.find((service) => service.id === nodeId)
  if (!node) return null
  const clusterArn = topology.clusters.find((group) => group.id === node.cluster)?.arn
  return {
    service: node.ecs && clusterArn ? { arn: node.ecs.arn, clusterArn } : null,
    taskDefinitionArn: node.ecs?.taskDefinitionArn || null,
    discoveryServiceId: node.discovery?.serviceId ?? null,
  }
}
