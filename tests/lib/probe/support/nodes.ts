import type { DiscoveryFacts, InstanceNode, ServiceNode } from '@/lib/topology/model'

const hex = (seed: number) => seed.toString(16).padStart(32, '0')

/** A task that runs at an address; `task(12)` is at 127.10.0.12. */
export const task = (n: number, more: Partial<InstanceNode> = {}): InstanceNode => ({
  id: `instance/${hex(n)}`,
  state: 'healthy',
  taskArn: `arn:aws:ecs:us-east-1:000000000000:task/default/${hex(n)}`,
  taskId: hex(n),
  taskStatus: 'RUNNING',
  taskHealth: 'HEALTHY',
  discoveryHealth: 'HEALTHY',
  address: `127.10.0.${n}`,
  port: 8080,
  zone: 'us-east-1a',
  taskDefinition: 'backend-api:1',
  deploymentId: null,
  createdAtMs: 0,
  startedAtMs: 0,
  reason: null,
  ...more,
})

export const facts: DiscoveryFacts = {
  arn: 'arn:aws:servicediscovery:us-east-1:000000000000:service/srv-backend',
  serviceId: 'srv-backend',
  name: 'backend-api',
  namespaceName: 'production.local',
  dnsName: 'backend-api.production.local',
  dnsRecords: [{ type: 'A', ttlSeconds: 60 }],
  routingPolicy: 'MULTIVALUE',
  healthCheck: 'custom',
  registered: 2,
  healthy: 2,
}

/** `backend-api` with two tasks, as on the example stack. */
export const backend = (more: Partial<ServiceNode> = {}): ServiceNode => ({
  id: 'service/default/backend-api-service',
  name: 'backend-api',
  namespace: 'namespace/ns-1',
  cluster: 'cluster/default',
  state: 'ok',
  status: 'steady',
  reasons: [],
  ecs: null,
  discovery: facts,
  connect: null,
  ports: [{ container: 'backend', port: 8080, protocol: 'tcp', name: null }],
  images: [{ container: 'backend', image: 'backend-api:latest', standIn: false }],
  instances: [task(11), task(12)],
  ...more,
})
