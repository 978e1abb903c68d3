import type { DnsRecordConfig, Hole, ServiceEvent, TargetIdentity } from '../inventory/model'

/**
 * The map as plain JSON: it survives `JSON.stringify`, is filtered, diffed, saved and tested without React.
 * Everything is keyed by `id`. Lists are sorted by id. Times are epoch milliseconds.
 */
export type Topology = {
  /** Moves by one on every change that a browser can see. */
  readonly version: number
  readonly readAtMs: number
  readonly target: TargetIdentity
  readonly namespaces: readonly NamespaceGroup[]
  readonly clusters: readonly ClusterGroup[]
  readonly services: readonly ServiceNode[]
  readonly edges: readonly Edge[]
  readonly holes: readonly Hole[]
}

export type NamespaceGroup = {
  /** `namespace/<ns-id>` */
  readonly id: string
  readonly namespaceId: string
  readonly arn: string
  readonly name: string
  readonly type: 'HTTP' | 'DNS_PRIVATE' | 'DNS_PUBLIC'
}

export type ClusterGroup = {
  /** `cluster/<name>` */
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly status: string
}

/** What a card, a dot or a group says at a glance; never told by colour alone. */
export type State = 'ok' | 'busy' | 'warn' | 'bad' | 'off'

/** One card: an ECS service merged with its Cloud Map service, or either alone. */
export type ServiceNode = {
  /** `service/<cluster>/<name>` or, without an ECS service, `discovery/<srv-id>`. */
  readonly id: string
  /** The name shown: the discovery name when there is one, else the Service Connect alias without its namespace, else the ECS service's. */
  readonly name: string
  /** Group ids; null when outside. */
  readonly namespace: string | null
  readonly cluster: string | null
  readonly state: State
  /** One or two words for the chip: `steady`, `rolling out`, `unhealthy`, `no tasks`, `starting`, … */
  readonly status: string
  /** Sentences that explain a state that is not `ok`; empty when all is well. */
  readonly reasons: readonly string[]
  readonly ecs: EcsFacts | null
  readonly discovery: DiscoveryFacts | null
  /** What its PRIMARY deployment has of Service Connect; null: off. */
  readonly connect: ConnectFacts | null
  readonly ports: readonly {
    readonly container: string
    readonly port: number
    readonly protocol: string
    readonly name: string | null
  }[]
  readonly images: readonly {
    readonly container: string
    readonly image: string
    readonly standIn: boolean
  }[]
  readonly instances: readonly InstanceNode[]
}

export type EcsFacts = {
  readonly arn: string
  readonly serviceName: string
  readonly status: string
  readonly desired: number
  readonly running: number
  readonly pending: number
  readonly launchType: string | null
  readonly taskDefinitionArn: string
  /** `family:revision` */
  readonly taskDefinition: string
  readonly rollout: Rollout | null
  /** Newest first, at most 20. */
  readonly events: readonly ServiceEvent[]
  readonly createdAtMs: number
}

/** Progress of the PRIMARY deployment while it is not COMPLETED. */
export type Rollout = {
  readonly deploymentId: string
  readonly state: string
  readonly reason: string | null
  readonly running: number
  readonly desired: number
  readonly failedTasks: number
  readonly startedAtMs: number
}

export type DiscoveryFacts = {
  readonly arn: string
  readonly serviceId: string
  readonly name: string
  /** The namespace's HttpName, as DiscoverInstances wants it. */
  readonly namespaceName: string
  /** `backend-api.production.local`; null when the service has no DNS records. */
  readonly dnsName: string | null
  readonly dnsRecords: readonly DnsRecordConfig[]
  readonly routingPolicy: string | null
  readonly healthCheck: 'custom' | 'route53' | 'none'
  /** null when instances could not be read. */
  readonly registered: number | null
  readonly healthy: number | null
}

/** Service Connect of one service. */
export type ConnectFacts = {
  readonly mode: 'client' | 'client and server'
  readonly namespaceArn: string | null
  /** What others in the namespace may call. */
  readonly endpoints: readonly {
    readonly portName: string
    readonly discoveryName: string
    /** The name that clients resolve. */
    readonly alias: string
    readonly port: number
    readonly ingressPort: number | null
  }[]
  /** Sidecars that run and are HEALTHY, among all those of living tasks. */
  readonly proxiesHealthy: number
  readonly proxies: number
  /**
   * Aliases of the namespace made after this service's PRIMARY deployment: its tasks cannot resolve them until it is redeployed
   * (ECS developer guide, "Service Connect": names are fixed when a deployment is made).
   */
  readonly unknownNames: readonly string[]
  /** Those of `unknownNames` that its environment names: these calls fail now. */
  readonly missedNames: readonly string[]
}

/** healthy: full circle · starting/stopping: ring · failing: square · unhealthy: triangle · orphaned: Cloud Map has it, no task does */
export type InstanceState = 'healthy' | 'starting' | 'stopping' | 'failing' | 'unhealthy' | 'orphaned'

export type InstanceNode = {
  /** `instance/<task id or Cloud Map instance id>` */
  readonly id: string
  readonly state: InstanceState
  readonly taskArn: string | null
  readonly taskId: string | null
  /** ECS lastStatus, for example RUNNING; null for an orphan. */
  readonly taskStatus: string | null
  readonly taskHealth: string | null
  /** null: not registered in Cloud Map, or not readable. */
  readonly discoveryHealth: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN' | null
  readonly address: string | null
  readonly port: number | null
  readonly zone: string | null
  readonly taskDefinition: string | null
  readonly deploymentId: string | null
  readonly createdAtMs: number | null
  readonly startedAtMs: number | null
  /** Why it stopped or what is wrong with it, in AWS's words. */
  readonly reason: string | null
}

export type Edge = {
  /** `<source>-><target>` */
  readonly id: string
  readonly source: string
  readonly target: string
  readonly evidence: readonly Evidence[]
  /** Set when the call cannot work: shown red, with this sentence. */
  readonly problem: string | null
}

/** How we know. */
export type Evidence =
  | {
      readonly kind: 'declared'
      readonly container: string
      /** The environment variable, for example BACKEND_URL. */
      readonly variable: string
      /** The host it names, and the port when given: never the whole value, it may hold a secret. */
      readonly host: string
      readonly port: number | null
    }
  | {
      /** Declared: the variable names a Service Connect alias that the caller can resolve. Comes beside `declared`, which names the variable. */
      readonly kind: 'alias'
      readonly alias: string
      readonly port: number
    }
  | {
      /** CloudWatch counted calls through the caller's proxy. */
      readonly kind: 'observed'
      readonly discoveryName: string
      readonly requestsPerSecond: number
      readonly bytesPerSecond: number | null
      readonly errorShare: number | null
      readonly p50Ms: number | null
      readonly p95Ms: number | null
      readonly sinceMs: number
      readonly lastSeenMs: number
    }
  | {
      readonly kind: 'verified'
      readonly atMs: number
      readonly instanceId: string | null
      readonly latencyMs: number
      /** false: long enough ago for the line to fade. */
      readonly isRecent: boolean
    }

/** What changed between two versions; ids of what went, whole items of what came or changed. */
export type TopologyPatch = {
  readonly from: number
  readonly version: number
  readonly readAtMs: number
  readonly target?: TargetIdentity
  readonly holes?: readonly Hole[]
  readonly upsert: {
    readonly namespaces?: readonly NamespaceGroup[]
    readonly clusters?: readonly ClusterGroup[]
    readonly services?: readonly ServiceNode[]
    readonly edges?: readonly Edge[]
  }
  readonly remove: {
    readonly namespaces?: readonly string[]
    readonly clusters?: readonly string[]
    readonly services?: readonly string[]
    readonly edges?: readonly string[]
  }
}

/** How fresh the map is; sent when it changes and with every heartbeat. */
export type FeedStatus = {
  /** When the last reading finished; null before the first. */
  readonly readAtMs: number | null
  readonly intervalMs: number
  /** Set while readings fail as a whole: what, why and what to do. The last map stays. */
  readonly failure: Hole | null
  /** What is known of the target without a reading: `region` may be empty, the account unknown. */
  readonly target: TargetIdentity
}
