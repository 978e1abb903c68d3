import type { DnsRecord, HealthCheckConfig, OperationStatus } from '@aws-sdk/client-servicediscovery'

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

/** What an asynchronous operation changes when it ends. Plain data, so that it can go on after a restart. */
export type OperationChange =
  | {
      readonly type: 'CREATE_NAMESPACE'
      /** What the name of another namespace and the time may still change is added when the operation ends. */
      readonly namespace: Omit<NamespaceRecord, 'httpName' | 'createdAtMs'>
      readonly tags: ReadonlyMap<string, string>
    }
  | {
      readonly type: 'UPDATE_NAMESPACE'
      readonly namespaceId: string
      readonly description: string | undefined
      readonly soaTtlSeconds: number | undefined
    }
  | { readonly type: 'DELETE_NAMESPACE'; readonly namespaceId: string }
  | {
      readonly type: 'UPDATE_SERVICE'
      readonly serviceId: string
      readonly description: string | undefined
      readonly dnsRecords: readonly DnsRecord[]
      readonly healthCheckConfig: HealthCheckConfig | undefined
    }
  | {
      readonly type: 'REGISTER_INSTANCE'
      readonly serviceId: string
      readonly instanceId: string
      readonly attributes: Readonly<Record<string, string>>
      readonly creatorRequestId: string | undefined
    }
  | { readonly type: 'DEREGISTER_INSTANCE'; readonly serviceId: string; readonly instanceId: string }

export type OperationRecord = {
  readonly id: string
  readonly type: OperationChange['type']
  status: OperationStatus
  errorCode?: string
  errorMessage?: string
  readonly createdAtMs: number
  updatedAtMs: number
  readonly targets: Readonly<Record<string, string>>
  readonly creatorRequestId?: string
  /** What is still to be done; absent when it has ended. */
  work?: { readonly lock: string; readonly change: OperationChange }
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
