import type { DiscoveryServiceRecord } from '@/lib/emulator/state/cloud-map'
import type { TestEcs } from './emulator-context'

export const registryArn = 'arn:aws:servicediscovery:us-east-1:111122223333:service/srv-backend000000000'

/** A discovery service put into the state by hand; the registry's own operations have tests of their own. */
export function addRegistry(ecs: TestEcs, types: ('A' | 'SRV' | 'CNAME' | 'AAAA')[]): DiscoveryServiceRecord {
  const record: DiscoveryServiceRecord = {
    id: 'srv-backend000000000',
    arn: registryArn,
    name: 'backend-api',
    namespaceId: 'ns-production00000',
    type: 'DNS_HTTP',
    dnsRecords: types.map((Type) => ({ Type, TTL: 60 })),
    routingPolicy: 'MULTIVALUE',
    healthCheckCustom: true,
    attributes: new Map(),
    createdAtMs: 0,
    revision: 0,
    instances: new Map(),
  }
  ecs.state.cloudMap.services.set(record.id, record)
  return record
}
