import type {
  Cluster,
  ContainerConfig,
  Deployment,
  DiscoveryInstance,
  DiscoveryService,
  EcsService,
  EdgeTraffic,
  Inventory,
  Namespace,
  ServiceConnectConfig,
  Task,
  TaskDefinition,
} from '@/lib/inventory/model'

/** 2030-01-01; every fixture's time is told against it. */
export const NOW = Date.UTC(2030, 0, 1)
const ACCOUNT = 'arn:aws:ecs:us-east-1:000000000000'
const MAP = 'arn:aws:servicediscovery:us-east-1:000000000000'
/** Old enough that nothing is settling any more. */
const LONG_AGO = NOW - 3_600_000

export const clusterArn = (name = 'default') => `${ACCOUNT}:cluster/${name}`
export const definitionArn = (family: string, revision = 1) =>
  `${ACCOUNT}:task-definition/${family}:${revision}`

export const cluster = (name = 'default', more: Partial<Cluster> = {}): Cluster => ({
  arn: clusterArn(name),
  name,
  status: 'ACTIVE',
  runningTasks: 0,
  pendingTasks: 0,
  activeServices: 0,
  serviceConnectNamespace: null,
  tags: {},
  servicesRead: true,
  tasksRead: true,
  ...more,
})

export const deployment = (more: Partial<Deployment> = {}): Deployment => ({
  id: 'ecs-svc/1234567890123456789',
  status: 'PRIMARY',
  taskDefinitionArn: definitionArn('web'),
  desired: 1,
  pending: 0,
  running: 1,
  failedTasks: 0,
  rolloutState: 'COMPLETED',
  rolloutReason: 'ECS deployment ecs-svc/1234567890123456789 completed.',
  createdAtMs: LONG_AGO,
  updatedAtMs: LONG_AGO,
  serviceConnect: null,
  ...more,
})

export const service = (name: string, more: Partial<EcsService> = {}): EcsService => ({
  arn: `${ACCOUNT}:service/default/${name}`,
  name,
  clusterArn: clusterArn(),
  status: 'ACTIVE',
  desired: 1,
  running: 1,
  pending: 0,
  launchType: 'FARGATE',
  taskDefinitionArn: definitionArn(name),
  deployments: [deployment({ taskDefinitionArn: definitionArn(name) })],
  registryArns: [],
  events: [],
  tags: {},
  createdAtMs: LONG_AGO,
  enableExecuteCommand: false,
  ...more,
})

export const taskId = (number: number) => number.toString(16).padStart(32, '0')

export const task = (number: number, owner: string, more: Partial<Task> = {}): Task => ({
  arn: `${ACCOUNT}:task/default/${taskId(number)}`,
  id: taskId(number),
  clusterArn: clusterArn(),
  group: `service:${owner}`,
  startedBy: 'ecs-svc/1234567890123456789',
  taskDefinitionArn: definitionArn(owner),
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  health: 'UNKNOWN',
  address: `10.0.0.${number}`,
  availabilityZone: 'us-east-1a',
  containers: [
    {
      name: owner,
      image: `${owner}:1`,
      lastStatus: 'RUNNING',
      health: 'UNKNOWN',
      exitCode: null,
      reason: null,
    },
  ],
  standInImages: [],
  createdAtMs: LONG_AGO + number,
  startedAtMs: LONG_AGO + number,
  stoppedAtMs: null,
  stopCode: null,
  stoppedReason: null,
  enableExecuteCommand: false,
  execAgent: null,
  platformVersion: null,
  ...more,
})

export const container = (
  name: string,
  environment: Record<string, string> = {},
  port: number | null = 8080,
): ContainerConfig => ({
  name,
  image: `${name}:1`,
  essential: true,
  ports:
    port === null
      ? []
      : [{ container: name, containerPort: port, protocol: 'tcp', name: null, appProtocol: null }],
  environment,
  hasHealthCheck: false,
})

export const definition = (
  family: string,
  containers: readonly ContainerConfig[] = [container(family)],
): TaskDefinition => ({ arn: definitionArn(family), family, revision: 1, networkMode: 'awsvpc', containers })

export const namespace = (name = 'production.local', more: Partial<Namespace> = {}): Namespace => ({
  id: `ns-${name}`,
  arn: `${MAP}:namespace/ns-${name}`,
  name,
  type: 'DNS_PRIVATE',
  httpName: name,
  servicesRead: true,
  ...more,
})

export const registered = (number: number, more: Partial<DiscoveryInstance> = {}): DiscoveryInstance => ({
  id: taskId(number),
  health: 'HEALTHY',
  ipv4: `10.0.0.${number}`,
  ipv6: null,
  port: null,
  cname: null,
  attributes: { ECS_CLUSTER_NAME: 'default', ECS_SERVICE_NAME: 'any' },
  ...more,
})

export const registry = (
  name: string,
  instances: readonly DiscoveryInstance[] | null = [],
  more: Partial<DiscoveryService> = {},
): DiscoveryService => ({
  id: `srv-${name}`,
  arn: `${MAP}:service/srv-${name}`,
  name,
  namespaceId: 'ns-production.local',
  description: null,
  dnsRecords: [{ type: 'A', ttlSeconds: 60 }],
  routingPolicy: 'MULTIVALUE',
  healthCheck: 'custom',
  createdAtMs: LONG_AGO,
  managedBy: null,
  instances,
  ...more,
})

export const registryArn = (name: string) => `${MAP}:service/srv-${name}`

/** Service Connect in `namespace()`; each endpoint is an alias with its port, by default at the port `http`. */
export const connected = (
  endpoints: readonly {
    readonly alias?: string | null
    readonly port?: number
    readonly portName?: string
    readonly discoveryName?: string
  }[] = [],
  more: Partial<ServiceConnectConfig> = {},
): ServiceConnectConfig => ({
  namespace: `${MAP}:namespace/ns-production.local`,
  services: endpoints.map(({ alias = null, port = 80, portName = 'http', discoveryName = portName }) => ({
    portName,
    discoveryName,
    discoveryArn: registryArn(discoveryName),
    aliases: [{ port, dnsName: alias }],
    ingressPort: null,
    idleTimeoutSeconds: null,
    perRequestTimeoutSeconds: null,
    tls: false,
  })),
  logDriver: null,
  accessLogFormat: null,
  ...more,
})

/** A service whose PRIMARY deployment has this of Service Connect. */
export const connectedService = (
  name: string,
  serviceConnect: ServiceConnectConfig | null = connected(),
  more: Partial<EcsService> & { readonly deployedAtMs?: number } = {},
): EcsService => {
  const { deployedAtMs = LONG_AGO, ...rest } = more
  return service(name, {
    deployments: [
      deployment({ taskDefinitionArn: definitionArn(name), serviceConnect, createdAtMs: deployedAtMs }),
    ],
    ...rest,
  })
}

/** The Cloud Map service that Service Connect makes for an endpoint. */
export const managed = (
  discoveryName: string,
  owner: string,
  more: Partial<DiscoveryService> = {},
): DiscoveryService =>
  registry(discoveryName, [], {
    dnsRecords: [],
    routingPolicy: null,
    healthCheck: 'none',
    createdAtMs: LONG_AGO - 60_000,
    description: `Managed by ${ACCOUNT}:service/default/${owner}`,
    managedBy: `${ACCOUNT}:service/default/${owner}`,
    ...more,
  })

/** What CloudWatch counted from `web` to the endpoint `users`. */
export const traffic = (more: Partial<EdgeTraffic> = {}): EdgeTraffic => ({
  clusterName: 'default',
  serviceName: 'web',
  targetDiscoveryName: 'users',
  requestsPerSecond: 12,
  bytesPerSecond: 2_400,
  errorShare: 0,
  p50Ms: 3,
  p95Ms: 9,
  firstSeenMs: NOW - 600_000,
  lastSeenMs: NOW - 5_000,
  ...more,
})

/** An inventory of these parts; the task definitions are found by their ARNs. */
export const inventory = (
  parts: Partial<Omit<Inventory, 'taskDefinitions'>> & {
    readonly definitions?: readonly TaskDefinition[]
  } = {},
): Inventory => {
  const { definitions = [], ...rest } = parts
  return {
    target: {
      kind: 'local',
      region: 'us-east-1',
      accountId: '000000000000',
      endpointUrl: 'http://127.0.0.1:4680',
      profile: null,
      readOnly: false,
      localRuntime: 'process',
    },
    readAtMs: NOW,
    clusters: [cluster()],
    services: [],
    undescribedServices: [],
    tasks: [],
    taskDefinitions: Object.fromEntries(definitions.map((one) => [one.arn, one])),
    namespaces: [namespace()],
    discoveryServices: [],
    traffic: [],
    trafficReadAtMs: null,
    holes: [],
    ...rest,
  }
}

/** The example of the walk-through: a frontend that calls a backend by its DNS name. */
export const exampleInventory = (): Inventory =>
  inventory({
    services: [
      service('backend-api-service', { desired: 2, running: 2, registryArns: [registryArn('backend-api')] }),
      service('frontend-web-service', { registryArns: [registryArn('frontend-web')] }),
    ],
    tasks: [task(1, 'backend-api-service'), task(2, 'backend-api-service'), task(3, 'frontend-web-service')],
    definitions: [
      definition('backend-api-service', [container('backend')]),
      definition('frontend-web-service', [
        container(
          'frontend',
          { BACKEND_URL: 'http://backend-api.production.local:8080', PORT: '3000' },
          3000,
        ),
      ]),
    ],
    discoveryServices: [
      registry('backend-api', [registered(1), registered(2)]),
      registry('frontend-web', [registered(3)]),
    ],
  })
