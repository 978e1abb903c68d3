import type { DiscoveryServiceRecord, InstanceRecord, NamespaceRecord } from '@/lib/emulator/state/cloud-map'

/** Records as the state keeps them; a test names only what it is about. */
export const makeNamespace = (changes: Partial<NamespaceRecord> = {}): NamespaceRecord => ({
  id: 'ns-1',
  arn: 'arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-1',
  name: 'production.local',
  type: 'DNS_PRIVATE',
  httpName: 'production.local',
  soaTtlSeconds: 15,
  createdAtMs: 0,
  ...changes,
})

export const makeService = (changes: Partial<DiscoveryServiceRecord> = {}): DiscoveryServiceRecord => ({
  id: 'srv-1',
  arn: 'arn:aws:servicediscovery:us-east-1:111122223333:service/srv-1',
  name: 'api',
  namespaceId: 'ns-1',
  type: 'DNS_HTTP',
  dnsRecords: [{ Type: 'A', TTL: 60 }],
  routingPolicy: 'MULTIVALUE',
  healthCheckCustom: true,
  attributes: new Map(),
  createdAtMs: 0,
  revision: 1,
  instances: new Map(),
  ...changes,
})

export const makeInstance = (changes: Partial<InstanceRecord> = {}): InstanceRecord => ({
  id: 'i-1',
  attributes: { AWS_INSTANCE_IPV4: '127.10.0.11' },
  health: 'HEALTHY',
  ...changes,
})
