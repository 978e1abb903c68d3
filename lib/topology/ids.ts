/** Ids of the map. Made and read here only, so that a link, a patch and a selection always mean the same thing. */
export const makeNamespaceId = (namespaceId: string) => `namespace/${namespaceId}`

export const makeClusterId = (clusterName: string) => `cluster/${clusterName}`

/** An ECS service, with or without a Cloud Map service. */
export const makeServiceId = (clusterName: string, serviceName: string) =>
  `service/${clusterName}/${serviceName}`

/** A Cloud Map service that no ECS service registers into. */
export const makeDiscoveryId = (serviceId: string) => `discovery/${serviceId}`

/** Tasks that no service keeps running, by their group (`family:<family>` unless the caller chose another). */
export const makeTasksId = (clusterName: string, group: string) => `tasks/${clusterName}/${group}`

/** A name that a task definition calls and nothing carries. */
export const makeMissingId = (host: string) => `missing/${host}`

export const makeInstanceId = (instanceId: string) => `instance/${instanceId}`

export const makeEdgeId = (source: string, target: string) => `${source}->${target}`

export type NodeKind = 'service' | 'discovery' | 'tasks' | 'missing'

const kinds: readonly NodeKind[] = ['service', 'discovery', 'tasks', 'missing']

/** What a card stands for, read from its id. */
export function kindOf(nodeId: string): NodeKind {
  const kind = nodeId.slice(0, nodeId.indexOf('/'))
  return kinds.find((known) => known === kind) ?? 'service'
}

/**
 * Hands out ids once each. AWS's names are unique; other endpoints and half-read answers may not be, and nothing may be
 * dropped for it, so a second one gets a suffix.
 */
export function makeIdBook(): (wanted: string) => string {
  const taken = new Map<string, number>()
  return (wanted) => {
    const times = taken.get(wanted) ?? 0
    taken.set(wanted, times + 1)
    if (times === 0) return wanted
    let id = `${wanted}~${times + 1}`
    while (taken.has(id)) id += '~'
    taken.set(id, 1)
    return id
  }
}
