/**
 * What AWS said, converted once. Past this door nothing is optional out of fear: what may be absent is `null`.
 * Times are epoch milliseconds. Plain JSON throughout.
 */
export type TargetKind = 'local' | 'endpoint' | 'aws'

/** Which account, region and endpoint the console looks at; shown on every screen. */
export type TargetIdentity = {
  readonly kind: TargetKind
  readonly region: string
  /** null until STS answered, or when the endpoint lacks STS. */
  readonly accountId: string | null
  /** null: AWS's own endpoints. */
  readonly endpointUrl: string | null
  readonly profile: string | null
  readonly readOnly: boolean
  /** Local cloud only: how tasks run there. */
  readonly localRuntime: 'process' | 'simulated' | null
}

/** Something that could not be read: the rest of the map stands. */
export type Hole = {
  /** For example `ecs:ListTasks`. */
  readonly operation: string
  /** What it was asked for, for example `cluster default`; null when it has no subject. */
  readonly subject: string | null
  readonly kind: 'denied' | 'throttled' | 'unsupported' | 'expired' | 'unreachable' | 'failed'
  /** AWS's own error name, for example `AccessDeniedException`. */
  readonly errorName: string
  readonly message: string
  /** What to do about it, one sentence. */
  readonly remedy: string
  readonly sinceMs: number
}

export type Cluster = {
  readonly arn: string
  readonly name: string
  readonly status: string
  readonly runningTasks: number
  readonly pendingTasks: number
  readonly activeServices: number
  /** ARN or name of the Service Connect default namespace. */
  readonly serviceConnectNamespace: string | null
  readonly tags: Readonly<Record<string, string>>
  /** false: its services or its tasks could not be listed, so absence means nothing (a hole says why). */
  readonly servicesRead: boolean
  readonly tasksRead: boolean
}

/** A service that was listed but could not be described: its counts are unknown, not zero. */
export type UndescribedService = { readonly arn: string; readonly name: string; readonly clusterArn: string }

/** One entry of a deployment's Service Connect configuration: a port that others may call by its alias. */
export type ServiceConnectEndpoint = {
  readonly portName: string
  /** The port's name when AWS says none. */
  readonly discoveryName: string
  /** Of the Cloud Map service that ECS made for it; null: not told. */
  readonly discoveryArn: string | null
  /** `dnsName` null: `<discoveryName>.<namespace>`. At most one on AWS; without one the container port serves. */
  readonly aliases: readonly { readonly port: number; readonly dnsName: string | null }[]
  readonly ingressPort: number | null
  readonly idleTimeoutSeconds: number | null
  readonly perRequestTimeoutSeconds: number | null
  readonly tls: boolean
}

/** What DescribeServices says of a deployment's Service Connect. */
export type ServiceConnectConfig = {
  /** ARN as AWS says it; other endpoints may say the name. null: the cluster's default. */
  readonly namespace: string | null
  /** Empty: client only. */
  readonly services: readonly ServiceConnectEndpoint[]
  readonly logDriver: string | null
  readonly accessLogFormat: 'TEXT' | 'JSON' | null
}

export type Deployment = {
  readonly id: string
  readonly status: string
  readonly taskDefinitionArn: string
  readonly desired: number
  readonly pending: number
  readonly running: number
  readonly failedTasks: number
  readonly rolloutState: string | null
  readonly rolloutReason: string | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** null: off. */
  readonly serviceConnect: ServiceConnectConfig | null
}

export type ServiceEvent = { readonly id: string; readonly atMs: number; readonly message: string }

export type EcsService = {
  readonly arn: string
  readonly name: string
  readonly clusterArn: string
  readonly status: string
  readonly desired: number
  readonly running: number
  readonly pending: number
  readonly launchType: string | null
  readonly taskDefinitionArn: string
  readonly deployments: readonly Deployment[]
  /** ARNs of Cloud Map services this service registers into. */
  readonly registryArns: readonly string[]
  /** Newest first. */
  readonly events: readonly ServiceEvent[]
  readonly tags: Readonly<Record<string, string>>
  readonly createdAtMs: number
  readonly enableExecuteCommand: boolean
}

export type TaskContainer = {
  readonly name: string
  readonly image: string | null
  readonly lastStatus: string
  readonly health: string
  readonly exitCode: number | null
  readonly reason: string | null
}

export type Task = {
  readonly arn: string
  readonly id: string
  readonly clusterArn: string
  /** `service:<name>` or `family:<family>`. */
  readonly group: string
  /** Deployment id for tasks of a service. */
  readonly startedBy: string | null
  readonly taskDefinitionArn: string
  readonly lastStatus: string
  readonly desiredStatus: string
  readonly health: string
  readonly address: string | null
  readonly availabilityZone: string | null
  readonly containers: readonly TaskContainer[]
  /** Local cloud only: images that run as stand-ins. */
  readonly standInImages: readonly string[]
  readonly createdAtMs: number
  readonly startedAtMs: number | null
  readonly stoppedAtMs: number | null
  readonly stopCode: string | null
  readonly stoppedReason: string | null
  readonly enableExecuteCommand: boolean
  /** `lastStatus` of the ExecuteCommandAgent in the container that says it first; null: none is told. */
  readonly execAgent: string | null
  /** Fargate's, for example `1.4.0`; null elsewhere. */
  readonly platformVersion: string | null
}

export type PortMapping = {
  readonly container: string
  readonly containerPort: number
  readonly protocol: string
  readonly name: string | null
  readonly appProtocol: string | null
}

export type ContainerConfig = {
  readonly name: string
  readonly image: string
  readonly essential: boolean
  readonly ports: readonly PortMapping[]
  /** Plain environment. Server side only: never sent to the browser unmasked. */
  readonly environment: Readonly<Record<string, string>>
  readonly hasHealthCheck: boolean
}

/** A revision never changes, so it is read once and kept. */
export type TaskDefinition = {
  readonly arn: string
  readonly family: string
  readonly revision: number
  readonly networkMode: string | null
  readonly containers: readonly ContainerConfig[]
}

export type Namespace = {
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly type: 'HTTP' | 'DNS_PRIVATE' | 'DNS_PUBLIC'
  readonly httpName: string
  /** false: its services could not be listed, so an unknown name may exist all the same. */
  readonly servicesRead: boolean
}

export type DnsRecordConfig = { readonly type: string; readonly ttlSeconds: number }

export type DiscoveryService = {
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly namespaceId: string
  readonly description: string | null
  readonly dnsRecords: readonly DnsRecordConfig[]
  readonly routingPolicy: string | null
  readonly healthCheck: 'custom' | 'route53' | 'none'
  readonly createdAtMs: number | null
  /** ARN of the ECS service whose Service Connect made it (`Managed by …`); null: made by somebody else. */
  readonly managedBy: string | null
  /** `null`: instances could not be read (a hole says why). */
  readonly instances: readonly DiscoveryInstance[] | null
}

export type DiscoveryInstance = {
  readonly id: string
  readonly health: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN'
  readonly ipv4: string | null
  readonly ipv6: string | null
  readonly port: number | null
  readonly cname: string | null
  readonly attributes: Readonly<Record<string, string>>
}

/**
 * What CloudWatch counted of the calls from one service to one Service Connect endpoint, newest whole minute or, where that is offered,
 * the minute under way. Times are of minutes with traffic, as far as this process has seen them.
 */
export type EdgeTraffic = {
  readonly clusterName: string
  /** The caller. */
  readonly serviceName: string
  readonly targetDiscoveryName: string
  /** 0 for endpoints that are plain TCP, and for those that have fallen silent. */
  readonly requestsPerSecond: number
  /** Both directions. null: not counted. */
  readonly bytesPerSecond: number | null
  /** Answers with 5xx among all, 0 to 1; null: no answer has a status. */
  readonly errorShare: number | null
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly firstSeenMs: number
  readonly lastSeenMs: number
}

export type Inventory = {
  readonly target: TargetIdentity
  /** When this reading was finished. */
  readonly readAtMs: number
  readonly clusters: readonly Cluster[]
  readonly services: readonly EcsService[]
  readonly undescribedServices: readonly UndescribedService[]
  /** Those that run or start, those on their way out, and those that failed a short while ago. */
  readonly tasks: readonly Task[]
  /** By ARN; may lack some on the first reading (they never hold the first picture back). */
  readonly taskDefinitions: Readonly<Record<string, TaskDefinition>>
  readonly namespaces: readonly Namespace[]
  readonly discoveryServices: readonly DiscoveryService[]
  /** Never holds the map back: empty until the first answer. */
  readonly traffic: readonly EdgeTraffic[]
  /** null: not read yet, or not readable (a hole says why). */
  readonly trafficReadAtMs: number | null
  readonly holes: readonly Hole[]
}
