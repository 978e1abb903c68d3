import type {
  DnsRecord,
  HealthCheckConfig,
  OperationStatus,
  OperationType,
} from '@aws-sdk/client-servicediscovery'

export type NamespaceType = 'HTTP' | 'DNS_PRIVATE' | 'DNS_PUBLIC'

/** A Cloud Map namespace. Times are epoch milliseconds everywhere in the state. */
export type NamespaceRecord = {
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly type: NamespaceType
  /** Equal to the name, or with a suffix when the name was used before. */
  readonly httpName: string
  readonly vpcId?: string
  readonly hostedZoneId?: string
  soaTtlSeconds: number
  description?: string
  readonly creatorRequestId?: string
  readonly createdAtMs: number
}

export type DiscoveryServiceRecord = {
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly namespaceId: string
  readonly type: 'HTTP' | 'DNS_HTTP'
  description?: string
  /** Empty for API-only services. */
  dnsRecords: DnsRecord[]
  readonly routingPolicy?: 'MULTIVALUE' | 'WEIGHTED'
  healthCheckConfig?: HealthCheckConfig
  readonly healthCheckCustom: boolean
  attributes: Map<string, string>
  readonly creatorRequestId?: string
  readonly createdAtMs: number
  /** Moves on register and deregister, not on health changes. */
  revision: number
  readonly instances: Map<string, InstanceRecord>
}

export type InstanceRecord = {
  readonly id: string
  readonly attributes: Readonly<Record<string, string>>
  readonly creatorRequestId?: string
  /** What Cloud Map says now. */
  health: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN'
  /** A custom status told but not yet in force (about 30 s on AWS); the function cancels it. */
  pendingHealth?: { readonly status: 'HEALTHY' | 'UNHEALTHY'; readonly cancel: () => void }
}

export type OperationRecord = {
  readonly id: string
  readonly type: OperationType
  status: OperationStatus
  errorCode?: string
  errorMessage?: string
  readonly createdAtMs: number
  updatedAtMs: number
  readonly targets: Readonly<Record<string, string>>
  readonly creatorRequestId?: string
}

export type CloudMapState = {
  readonly namespaces: Map<string, NamespaceRecord>
  readonly services: Map<string, DiscoveryServiceRecord>
  readonly operations: Map<string, OperationRecord>
  /** Operation ids by what they work on (for example `SERVICE srv-…`), while they run. */
  readonly running: Map<string, string>
  /** Operation ids by kind and CreatorRequestId, so that a repeated request is recognised. */
  readonly requests: Map<string, string>
  /** Tags by ARN. */
  readonly tags: Map<string, Map<string, string>>
}

export const emptyCloudMap = (): CloudMapState => ({
  namespaces: new Map(),
  services: new Map(),
  operations: new Map(),
  running: new Map(),
  requests: new Map(),
  tags: new Map(),
})
