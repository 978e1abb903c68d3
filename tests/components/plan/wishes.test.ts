import { describe, expect, it } from 'vitest'
import {
  deleteClusterWish,
  deleteNamespaceWish,
  deleteServiceWish,
  redeployWish,
  wishFor,
} from '@/components/plan/wishes'
import { changes } from '@/lib/changes/catalogue'
import { deleteClusterInput } from '@/lib/changes/inputs/delete-cluster'
import { deleteDiscoveryServiceInput } from '@/lib/changes/inputs/delete-discovery-service'
import { deleteNamespaceInput } from '@/lib/changes/inputs/delete-namespace'
import { deleteServiceInput } from '@/lib/changes/inputs/delete-service'
import { redeployInput } from '@/lib/changes/inputs/redeploy'
import { makeService, makeTopology } from '../../support/topology-fixtures'

const service = makeService('backend-api')
const topology = makeTopology({ services: [service] })
const namespace = {
  id: 'namespace/ns-abcdef',
  namespaceId: 'ns-abcdef',
  arn: 'arn:aws:servicediscovery:us-east-1:000000000000:namespace/ns-abcdef',
  name: 'production.local',
  type: 'DNS_PRIVATE',
} as const

describe('what is asked for from the inspector', () => {
  it('is an input that the change takes', () => {
    const [cluster] = topology.clusters
    if (!cluster) throw new Error('the fixture has a cluster')
    expect(redeployInput.safeParse(redeployWish(topology, service)?.input).success).toBe(true)
    expect(deleteServiceInput.safeParse(deleteServiceWish(topology, service)?.input).success).toBe(true)
    expect(deleteNamespaceInput.safeParse(deleteNamespaceWish(namespace).input).success).toBe(true)
    expect(deleteClusterInput.safeParse(deleteClusterWish(cluster).input).success).toBe(true)
    const alone = {
      ...service,
      ecs: null,
      discovery: service.discovery && { ...service.discovery, serviceId: 'srv-abcdef' },
    }
    const wish = deleteServiceWish(topology, alone)
    expect(wish?.kind).toBe('delete-discovery-service')
    expect(deleteDiscoveryServiceInput.safeParse(wish?.input).success).toBe(true)
  })

  it('offers to delete the discovery service only where there is one', () => {
    expect(deleteServiceWish(topology, service)?.options).toHaveLength(1)
    expect(deleteServiceWish(topology, { ...service, discovery: null })?.options).toEqual([])
  })

  it('does not offer to delete a discovery service that others use', () => {
    const shared = makeTopology({ services: [service, { ...service, id: 'service/default/other' }] })
    const [instance] = service.instances
    if (!instance) throw new Error('the fixture has an instance')
    const stray = { ...service, instances: [{ ...instance, state: 'orphaned' as const }] }
    for (const wish of [deleteServiceWish(shared, service), deleteServiceWish(topology, stray)]) {
      expect(wish?.input).toMatchObject({ withDiscoveryService: false })
      expect(wish?.options).toEqual([])
    }
  })

  it('offers only what the input has', () => {
    for (const wish of [deleteNamespaceWish(namespace), deleteServiceWish(topology, service)])
      for (const option of wish?.options ?? []) expect(wish?.input).toHaveProperty(option.field)
  })

  it('asks for nothing where there is nothing to change', () => {
    const bare = { ...service, ecs: null, discovery: null }
    expect(deleteServiceWish(topology, bare)).toBe(null)
    expect(redeployWish(topology, bare)).toBe(null)
    // Its cluster is not on the map, so nothing can be said to ECS about it.
    expect(deleteServiceWish(topology, { ...service, cluster: null })).toBe(null)
  })

  it('has a button with a verb for every change', () => {
    for (const { kind } of changes) expect(wishFor(kind, {}, 'Do it').verb).toMatch(/^[A-Z]\w+ \w+/)
  })
})
