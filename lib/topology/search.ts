import type { ServiceNode, Topology } from './model'

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean)

/** What one types to find those that use Service Connect, those that only call, and those that must be redeployed. */
function connectFields({ connect }: ServiceNode): readonly string[] {
  if (!connect) return []
  return [
    `service connect ${connect.mode === 'client' ? 'client only' : connect.mode}`,
    ...(connect.missedNames.length > 0 ? ['stale client'] : []),
    ...connect.endpoints.flatMap(({ alias, discoveryName }) => [alias, discoveryName]),
  ]
}

function fieldsOf(topology: Topology, node: ServiceNode): readonly (string | null | undefined)[] {
  return [
    node.name,
    node.id,
    node.status,
    node.ecs?.serviceName,
    node.ecs?.taskDefinition,
    node.discovery?.dnsName,
    node.discovery?.serviceId,
    topology.namespaces.find((group) => group.id === node.namespace)?.name,
    topology.clusters.find((group) => group.id === node.cluster)?.name,
    ...node.images.map((image) => image.image),
    ...node.instances.flatMap((instance) => [instance.taskId, instance.address, instance.zone]),
    ...node.ports.map((port) => String(port.port)),
    ...connectFields(node),
  ]
}

/** Whether every word of `text` is found in the card: names, ids, addresses, images, ports, its namespace and cluster. */
export function matches(topology: Topology, node: ServiceNode, text: string): boolean {
  const words = wordsOf(text)
  if (words.length === 0) return true
  const fields = fieldsOf(topology, node)
    .filter((field) => typeof field === 'string')
    .map((field) => field.toLowerCase())
  return words.every((word) => fields.some((field) => field.includes(word)))
}

function rank(node: ServiceNode, words: readonly string[]): number {
  const name = node.name.toLowerCase()
  const first = words[0] ?? ''
  if (name === first) return 0
  if (name.startsWith(first)) return 1
  if (name.includes(first)) return 2
  return 3
}

/** Cards that match, best first: whole name, start of the name, inside the name, anything else; ties by name. */
export function searchTopology(topology: Topology, text: string, limit = 20): readonly ServiceNode[] {
  const words = wordsOf(text)
  if (words.length === 0) return []
  return topology.services
    .filter((node) => matches(topology, node, text))
    .map((node) => ({ node, rank: rank(node, words) }))
    .sort((a, b) => a.rank - b.rank || (a.node.name < b.node.name ? -1 : a.node.name > b.node.name ? 1 : 0))
    .slice(0, limit)
    .map(({ node }) => node)
}
