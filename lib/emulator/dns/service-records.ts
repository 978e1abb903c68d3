import { isIPv4, isIPv6 } from 'node:net'
import type {
  CloudMapState,
  DiscoveryServiceRecord,
  InstanceRecord,
  NamespaceRecord,
} from '../state/cloud-map'
import { findAround, findService } from './service-index'
import type { RecordSet, RecordValue } from './zone'

/** Longer labels cannot travel; Cloud Map allows instance ids of 64 characters, DNS labels end at 63. */
const maxLabelLength = 63
const maxNameLength = 253

const canTravel = (name: string): boolean =>
  name.length <= maxNameLength &&
  name.split('.').every((label) => label.length > 0 && label.length <= maxLabelLength)

// Without a health check the status is UNKNOWN, which DNS treats as healthy (Cloud Map developer guide).
const isHealthy = (instance: InstanceRecord): boolean => instance.health !== 'UNHEALTHY'

function recordValue(type: string, instance: InstanceRecord, target: string): RecordValue | undefined {
  const healthy = isHealthy(instance)
  const {
    AWS_INSTANCE_IPV4: v4 = '',
    AWS_INSTANCE_IPV6: v6 = '',
    AWS_INSTANCE_CNAME: cname = '',
    AWS_INSTANCE_PORT,
  } = instance.attributes
  switch (type) {
    case 'A':
      return isIPv4(v4) ? { type, healthy, data: v4 } : undefined
    case 'AAAA':
      return isIPv6(v6) ? { type, healthy, data: v6 } : undefined
    case 'CNAME': {
      const data = cname.replace(/\.$/, '')
      return canTravel(data) ? { type, healthy, data } : undefined
    }
    case 'SRV': {
      const port = Number(AWS_INSTANCE_PORT)
      const isPort = Number.isInteger(port) && port > 0 && port <= 65_535
      return isPort && canTravel(target) ? { type, healthy, port, target } : undefined
    }
    default:
      return undefined
  }
}

function setsOf(service: DiscoveryServiceRecord, fullName: string): RecordSet[] {
  const instances = [...service.instances.values()]
  const sets: RecordSet[] = []
  for (const record of service.dnsRecords) {
    const values = instances
      .map((instance) => recordValue(record.Type ?? '', instance, `${instance.id}.${fullName}`))
      .filter((value) => value !== undefined)
    const [first] = values
    if (!first) continue
    sets.push({
      type: first.type,
      ttlSeconds: record.TTL ?? 60,
      routing: service.routingPolicy ?? 'MULTIVALUE',
      values,
    })
  }
  return sets
}

/** SRV answers name their targets `<instance id>.<service>.<namespace>`; those names have addresses of their own. */
function targetSets(service: DiscoveryServiceRecord, instance: InstanceRecord): RecordSet[] {
  const srv = service.dnsRecords.find((record) => record.Type === 'SRV')
  if (!srv) return []
  return ['A', 'AAAA'].flatMap((type) => {
    const value = recordValue(type, instance, '')
    return value
      ? [{ type: value.type, ttlSeconds: srv.TTL ?? 60, routing: 'MULTIVALUE' as const, values: [value] }]
      : []
  })
}

function findInstance(service: DiscoveryServiceRecord, id: string): InstanceRecord | undefined {
  const exact = service.instances.get(id)
  if (exact) return exact
  const lower = id.toLowerCase()
  for (const instance of service.instances.values()) if (instance.id.toLowerCase() === lower) return instance
  return undefined
}

/** The usual case without a look at all services: an instance id without dots. */
function findUsualTarget(state: CloudMapState, namespace: NamespaceRecord, relative: string) {
  const dot = relative.indexOf('.')
  const service = dot > 0 ? findService(state, namespace.id, relative.slice(dot + 1)) : undefined
  return service && targetOf(service, relative.slice(0, dot))
}

function targetOf(service: DiscoveryServiceRecord, id: string): readonly RecordSet[] | undefined {
  const instance = findInstance(service, id)
  const sets = instance && targetSets(service, instance)
  return sets && sets.length > 0 ? sets : undefined
}

/**
 * The record sets at a full name within a namespace's zone; undefined when there is no such name. A service without
 * instances has no record set in Route 53, so its name does not exist either, unless a deeper one does.
 */
export function findRecordSets(
  state: CloudMapState,
  namespace: NamespaceRecord,
  name: string,
): readonly RecordSet[] | undefined {
  if (name.length <= namespace.name.length) return []
  const relative = name.slice(0, -namespace.name.length - 1)
  const service = findService(state, namespace.id, relative)
  if (service && service.dnsRecords.length > 0 && service.instances.size > 0) {
    return setsOf(service, `${service.name}.${namespace.name}`)
  }
  const usual = findUsualTarget(state, namespace, relative)
  if (usual) return usual
  const { above, isAboveOne } = findAround(state, namespace.id, relative)
  for (const one of above) {
    const sets = targetOf(one, relative.slice(0, -one.name.length - 1))
    if (sets) return sets
  }
  return isAboveOne ? [] : undefined
}
