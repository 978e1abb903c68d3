import fc from 'fast-check'
import type { Inventory } from '@/lib/inventory/model'
import { clusterArn, definitionArn, inventory, NOW, registryArn, taskId } from './inventory'

// AWS-shaped and wrong in every way that two APIs read one after the other can be wrong: dangling references, duplicates, empty and
// hostile names, unknown states, zero times, holes anywhere.

const pick = <T>(...items: readonly T[]) => fc.constantFrom(...items)
const name = fc.oneof(
  { weight: 6, arbitrary: pick('web', 'api', 'db', 'worker') },
  {
    weight: 1,
    arbitrary: pick(
      '',
      '.',
      '__proto__',
      'constructor',
      'a/b',
      'x'.repeat(255),
      '<img src=x onerror=alert(1)>',
      '\u202Eevil',
    ),
  },
)
const cluster = pick('default', 'other', '__proto__', '')
const count = fc.oneof(fc.integer({ min: 0, max: 5 }), pick(-1, 1e9))
const time = fc.oneof(fc.integer({ min: NOW - 120_000, max: NOW + 10_000 }), pick(0))
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const status = pick('ACTIVE', 'DRAINING', 'INACTIVE', 'UNKNOWN', 'TOMORROW')
const number = fc.integer({ min: 1, max: 8 })
const namespaceName = pick('production.local', 'apps', 'eu.production.local', '')

const url = fc.oneof(
  fc
    .tuple(name, namespaceName, pick('', ':8080', ':9'))
    .map(([one, two, port]) => `http://${one}.${two}${port}`),
  fc.string({ maxLength: 30 }),
)

const anyTags = fc.dictionary(
  fc.oneof(pick('aws:cloudformation:stack-name'), fc.string({ maxLength: 6 })),
  fc.string({ maxLength: 6 }),
  { maxKeys: 2 },
)

const anyCluster = fc.record({
  arn: cluster.map(clusterArn),
  name: cluster,
  status,
  runningTasks: count,
  pendingTasks: count,
  activeServices: count,
  serviceConnectNamespace: orNull(namespaceName),
  tags: anyTags,
  servicesRead: fc.boolean(),
  tasksRead: fc.boolean(),
})

const port = pick(80, 8080, 0, 70_000)

const anyConnect = fc.record({
  namespace: orNull(
    fc.oneof(
      namespaceName.map((one) => `arn:ns-${one}`),
      namespaceName,
      pick('arn:dangling/', '/'),
    ),
  ),
  services: fc.array(
    fc.record({
      portName: name,
      discoveryName: name,
      discoveryArn: orNull(fc.oneof(name.map(registryArn), pick('arn:dangling', ''))),
      aliases: fc.array(fc.record({ port, dnsName: orNull(fc.oneof(name, pick('api.production.local'))) }), {
        maxLength: 2,
      }),
      ingressPort: orNull(port),
      idleTimeoutSeconds: orNull(count),
      perRequestTimeoutSeconds: orNull(count),
      tls: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  logDriver: orNull(pick('awslogs', '')),
  accessLogFormat: orNull(pick('TEXT' as const, 'JSON' as const)),
})

const anyTraffic = fc.record({
  clusterName: cluster,
  serviceName: name,
  targetDiscoveryName: name,
  requestsPerSecond: pick(0, 0.0001, 12.5, 1e9, -1),
  bytesPerSecond: orNull(pick(0, 1_000, 1e12)),
  errorShare: orNull(pick(0, 0.5, 1, 7)),
  p50Ms: orNull(pick(0, 3.2, 1e9)),
  p95Ms: orNull(pick(0, 3.2, 1e9)),
  firstSeenMs: time,
  lastSeenMs: time,
})

const anyDeployment = fc.record({
  id: pick('ecs-svc/1', 'ecs-svc/2', ''),
  status: pick('PRIMARY', 'ACTIVE', 'INACTIVE', 'ELSE'),
  taskDefinitionArn: name.map((one) => definitionArn(one)),
  desired: count,
  pending: count,
  running: count,
  failedTasks: count,
  rolloutState: orNull(pick('IN_PROGRESS', 'COMPLETED', 'FAILED', 'PAUSED')),
  rolloutReason: orNull(fc.string({ maxLength: 20 })),
  createdAtMs: time,
  updatedAtMs: time,
  serviceConnect: orNull(anyConnect),
})

const anyService = fc
  .record({
    name,
    clusterArn: cluster.map(clusterArn),
    status,
    desired: count,
    running: count,
    pending: count,
    launchType: orNull(pick('FARGATE', 'EC2', 'MOON')),
    taskDefinitionArn: name.map((one) => definitionArn(one)),
    deployments: fc.array(anyDeployment, { maxLength: 3 }),
    registryArns: fc.array(fc.oneof(name.map(registryArn), pick('arn:dangling', '')), { maxLength: 2 }),
    events: fc.array(fc.record({ id: fc.uuid(), atMs: time, message: fc.string({ maxLength: 20 }) }), {
      maxLength: 2,
    }),
    tags: anyTags,
    createdAtMs: time,
    enableExecuteCommand: fc.boolean(),
  })
  .map((service) => ({ ...service, arn: `arn:aws:ecs:us-east-1:000000000000:service/${service.name}` }))

const anyTask = fc
  .record({
    number,
    clusterArn: cluster.map(clusterArn),
    group: fc.oneof(
      name.map((one) => `service:${one}`),
      name.map((one) => `family:${one}`),
      pick('', 'service:', 'custom'),
    ),
    startedBy: orNull(pick('ecs-svc/1')),
    taskDefinitionArn: name.map((one) => definitionArn(one)),
    lastStatus: pick('PENDING', 'ACTIVATING', 'RUNNING', 'DEACTIVATING', 'STOPPED', 'UNKNOWN'),
    desiredStatus: pick('RUNNING', 'STOPPED', 'UNKNOWN'),
    health: pick('HEALTHY', 'UNHEALTHY', 'UNKNOWN', 'SO-SO'),
    address: orNull(pick('10.0.0.1', 'not an address')),
    availabilityZone: orNull(pick('us-east-1a')),
    containers: fc.array(
      fc.record({
        name: fc.oneof(name, pick('ecs-service-connect-x')),
        image: orNull(name),
        lastStatus: status,
        health: status,
        exitCode: orNull(count),
        reason: orNull(fc.string({ maxLength: 10 })),
      }),
      { maxLength: 2 },
    ),
    standInImages: fc.array(name, { maxLength: 1 }),
    createdAtMs: time,
    startedAtMs: orNull(time),
    stoppedAtMs: orNull(time),
    stopCode: orNull(pick('EssentialContainerExited', 'UserInitiated', 'ServiceSchedulerInitiated')),
    stoppedReason: orNull(fc.string({ maxLength: 20 })),
    enableExecuteCommand: fc.boolean(),
    execAgent: orNull(pick('RUNNING', 'PENDING', 'STOPPED', '')),
    platformVersion: orNull(pick('1.4.0', 'LATEST')),
  })
  .map(({ number: id, ...task }) => ({ ...task, id: taskId(id), arn: `arn:task/${taskId(id)}` }))

const anyInstance = fc.record({
  id: fc.oneof(number.map(taskId), name),
  health: pick('HEALTHY' as const, 'UNHEALTHY' as const, 'UNKNOWN' as const),
  ipv4: orNull(pick('10.0.0.1')),
  ipv6: orNull(pick('fd00::1')),
  port: orNull(pick(8080, 0, 70_000)),
  cname: orNull(pick('x.example.com')),
  attributes: fc.oneof(
    fc.record({ ECS_CLUSTER_NAME: cluster, ECS_SERVICE_NAME: name }),
    fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), { maxKeys: 2 }),
  ),
})

const anyRegistry = fc
  .record({
    name: fc.oneof({ weight: 6, arbitrary: name }, { weight: 1, arbitrary: pick('aws-ecs-sc.client.1.web') }),
    namespaceId: fc.oneof(
      namespaceName.map((one) => `ns-${one}`),
      pick('ns-dangling'),
    ),
    description: orNull(
      fc.oneof(
        name.map((one) => `Managed by arn:${one}`),
        fc.string({ maxLength: 10 }),
      ),
    ),
    dnsRecords: fc.array(fc.record({ type: pick('A', 'AAAA', 'SRV', 'CNAME', 'TXT'), ttlSeconds: count }), {
      maxLength: 2,
    }),
    routingPolicy: orNull(pick('MULTIVALUE', 'WEIGHTED', 'ELSE')),
    healthCheck: pick('custom' as const, 'route53' as const, 'none' as const),
    createdAtMs: orNull(time),
    managedBy: orNull(
      fc.oneof(
        name.map((one) => `arn:aws:ecs:us-east-1:000000000000:service/${one}`),
        pick('arn:dangling'),
      ),
    ),
    instances: orNull(fc.array(anyInstance, { maxLength: 4 })),
  })
  .map((registry) => ({ ...registry, id: `srv-${registry.name}`, arn: registryArn(registry.name) }))

const anyNamespace = fc
  .record({
    name: namespaceName,
    type: pick('HTTP' as const, 'DNS_PRIVATE' as const, 'DNS_PUBLIC' as const),
    httpName: namespaceName,
    servicesRead: fc.boolean(),
  })
  .map((namespace) => ({ ...namespace, id: `ns-${namespace.name}`, arn: `arn:ns-${namespace.name}` }))

const anyDefinition = fc
  .record({
    family: name,
    revision: count,
    networkMode: orNull(pick('awsvpc', 'bridge')),
    containers: fc.array(
      fc.record({
        name,
        image: name,
        essential: fc.boolean(),
        ports: fc.array(
          fc.record({
            container: name,
            containerPort: pick(80, 8080, 0),
            protocol: pick('tcp', 'udp'),
            name: orNull(name),
            appProtocol: orNull(pick('http')),
          }),
          { maxLength: 2 },
        ),
        environment: fc.dictionary(fc.string({ maxLength: 6 }), url, { maxKeys: 3 }),
        hasHealthCheck: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
  })
  .map((definition) => ({ ...definition, arn: definitionArn(definition.family) }))

const anyHole = fc.record({
  operation: pick('ecs:ListTasks', 'sts:GetCallerIdentity'),
  subject: orNull(name),
  kind: pick('denied' as const, 'throttled' as const, 'failed' as const),
  errorName: pick('AccessDeniedException', ''),
  message: fc.string({ maxLength: 10 }),
  remedy: fc.string({ maxLength: 10 }),
  sinceMs: time,
})

/** Any inventory that two hostile APIs could make of themselves. */
export const anyInventory: fc.Arbitrary<Inventory> = fc
  .record({
    clusters: fc.array(anyCluster, { maxLength: 3 }),
    services: fc.array(anyService, { maxLength: 5 }),
    undescribedServices: fc.array(fc.record({ arn: name, name, clusterArn: cluster.map(clusterArn) }), {
      maxLength: 2,
    }),
    tasks: fc.array(anyTask, { maxLength: 8 }),
    definitions: fc.array(anyDefinition, { maxLength: 4 }),
    namespaces: fc.array(anyNamespace, { maxLength: 3 }),
    discoveryServices: fc.array(anyRegistry, { maxLength: 5 }),
    traffic: fc.array(anyTraffic, { maxLength: 4 }),
    trafficReadAtMs: orNull(time),
    holes: fc.array(anyHole, { maxLength: 2 }),
  })
  .map((parts) => inventory(parts))
