import type {
  AutoScalingGroupProvider,
  CapacityProviderStrategyItem,
  CapacityProviderUpdateStatus,
  ClusterConfiguration,
  ClusterSetting,
  ContainerDefinition,
  CreateServiceRequest,
  DeploymentConfiguration,
  RegisterTaskDefinitionRequest,
  RunTaskRequest,
  ServiceDeploymentStatus,
  SettingName,
} from '@aws-sdk/client-ecs'
import type { FrozenName } from '../service-connect/frozen-names'
import type { ProxyProtocol, ProxyTimeouts } from '../service-connect/proxy-spec'

/** Records of ECS. Times are epoch milliseconds. Inputs are kept as AWS got them, so that Describe can echo them. */
export type ClusterRecord = {
  readonly name: string
  readonly arn: string
  status: 'ACTIVE' | 'INACTIVE'
  settings: ClusterSetting[]
  configuration?: ClusterConfiguration
  capacityProviders: string[]
  defaultCapacityProviderStrategy: CapacityProviderStrategyItem[]
  serviceConnectNamespace?: string
  readonly createdAtMs: number
  /** By service name; INACTIVE ones stay describable for a while. */
  readonly services: Map<string, ServiceRecord>
  /** By task id (32 hex); STOPPED ones stay for an hour. */
  readonly tasks: Map<string, TaskRecord>
  /** Those of them that are not STOPPED: counts and lists look only here. */
  readonly live: Map<string, TaskRecord>
}

export type TaskDefinitionRecord = {
  readonly arn: string
  readonly family: string
  readonly revision: number
  status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS'
  readonly input: RegisterTaskDefinitionRequest & { containerDefinitions: ContainerDefinition[] }
  readonly registeredAtMs: number
  deregisteredAtMs?: number
  deleteRequestedAtMs?: number
}

export type DeploymentRecord = {
  /** `ecs-svc/<19 digits>`; tasks carry it as `startedBy`. */
  readonly id: string
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE'
  readonly taskDefinitionArn: string
  readonly createdAtMs: number
  updatedAtMs: number
  desiredCount: number
  /** Consecutive failures; reset by a task that runs. */
  failedTasks: number
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  rolloutReason: string
  /** No task is started before this time (growing start delay). */
  nextStartAtMs: number
  /** The service's settings when this deployment was made: what its tasks are started with. */
  readonly settings: CreateServiceRequest
  /** Failed starts in a row, as far as the start delay counts them. */
  startFailures: number
  lastFailureAtMs?: number
  /** The event about percentages that allow neither a start nor a stop was written. */
  deadlockTold: boolean
  /** The service revision that it deploys. */
  readonly revisionArn: string
  /** Set while Service Connect is on. */
  readonly connect?: DeploymentConnect
  /** What its tasks resolve by Service Connect, for as long as it lives. */
  readonly names?: readonly FrozenName[]
}

/** What a deployment is to Service Connect; without `served` it is a client only. */
export type DeploymentConnect = {
  readonly namespaceId: string
  /** One for each entry of `services`. */
  readonly served: readonly ServedEndpoint[]
  /** The bookkeeping service in Cloud Map of a service that is a client only. */
  readonly clientEndpointId?: string
}

export type ServedEndpoint = {
  /** `srv-…` of its Cloud Map service. */
  readonly endpointId: string
  readonly endpointArn: string
  readonly portName: string
  readonly discoveryName: string
  readonly containerPort: number
  /** Where the proxy takes connections in: the container port unless `ingressPortOverride` says otherwise. */
  readonly ingressPort: number
  readonly protocol: ProxyProtocol
  readonly timeouts: ProxyTimeouts
  /** As configured; 0 where nothing was said, as in Cloud Map. */
  readonly idleTimeoutSeconds: number
  readonly perRequestTimeoutSeconds: number
  readonly tls: boolean
}

export type OwnedEndpoint = { readonly id: string; readonly unusedSinceMs?: number }

/** A Cloud Map service that ECS made for Service Connect, as it was set when its service was last deployed. */
export type ConnectEndpointRecord = {
  readonly id: string
  readonly namespaceId: string
  readonly serviceArn: string
  readonly clusterName: string
  readonly serviceName: string
  /** Absent for the bookkeeping service of a client. */
  readonly server?: Omit<FrozenName, 'endpointId'>
}

/** What a service was set to at one time; never changes (ECS developer guide, "Amazon ECS service revisions"). */
export type ServiceRevisionRecord = {
  readonly arn: string
  readonly serviceArn: string
  readonly clusterName: string
  readonly taskDefinitionArn: string
  readonly settings: CreateServiceRequest
  readonly createdAtMs: number
}

export type RevisionCounts = {
  readonly arn: string
  readonly requested: number
  readonly running: number
  readonly pending: number
}

/** One release of a service, from its request to its end; outlives the deployment that carries it out. */
export type ServiceDeploymentRecord = {
  readonly arn: string
  readonly serviceName: string
  readonly serviceArn: string
  readonly clusterName: string
  /** The `ecs-svc/…` that carries it out. */
  readonly deploymentId: string
  readonly targetRevisionArn: string
  /** What ran when it was asked for. */
  readonly sources: readonly RevisionCounts[]
  readonly deploymentConfiguration: DeploymentConfiguration
  status: ServiceDeploymentStatus
  statusReason?: string
  readonly createdAtMs: number
  updatedAtMs: number
  startedAtMs?: number
  finishedAtMs?: number
  stoppedAtMs?: number
  rollback?: { readonly reason: string; readonly startedAtMs: number; readonly revisionArn: string }
  /** Set when it has ended or is given up: what its circuit breaker and its tasks were then. */
  outcome?: {
    readonly breaker: 'TRIGGERED' | 'MONITORING_COMPLETE'
    readonly failedTasks: number
    readonly threshold: number
    readonly target: RevisionCounts
  }
}

export type ServiceEventRecord = { readonly id: string; readonly atMs: number; readonly message: string }

export type ServiceRecord = {
  readonly name: string
  readonly arn: string
  readonly clusterName: string
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  desiredCount: number
  /** The service's settings as last set by Create or Update; without desiredCount and taskDefinition. */
  settings: CreateServiceRequest
  taskDefinitionArn: string
  /** Newest first; [0] is PRIMARY. */
  deployments: DeploymentRecord[]
  /** Newest first, at most 100. */
  events: ServiceEventRecord[]
  readonly createdAtMs: number
  /** When the last "steady state" event was written; absent while something moves. */
  steadySinceMs?: number
  /** Its tasks that are not STOPPED, by task id: counts never look at the others. */
  readonly tasks: Map<string, TaskRecord>
  /** Its service deployments by ARN, newest first; the first is the current one. */
  history: string[]
  /** The client token of its creation. */
  readonly clientToken?: string
  /** What the scheduler owes the current service deployment. */
  owed?: 'begin' | 'roll-back' | 'stop'
  /** What a rollback returns to. */
  lastCompleted?: DeploymentRecord
  /** What Service Connect made for it in Cloud Map, and since when no deployment uses that any more. */
  connectEndpoints?: readonly OwnedEndpoint[]
  /** Set when it became INACTIVE. */
  inactiveAtMs?: number
  /** Remarks already written as an event, so that each is made once per deployment. */
  readonly told: Set<string>
}

export type ContainerRecord = {
  readonly name: string
  readonly arn: string
  readonly image: string
  readonly essential: boolean
  readonly hasHealthCheck: boolean
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED'
  health: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN'
  exitCode?: number
  reason?: string
  standIn?: boolean
  /** The sidecar of Service Connect, which is in no task definition. */
  readonly isProxy?: boolean
}

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'ACTIVATING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED'

export type TaskRecord = {
  readonly id: string
  readonly arn: string
  readonly clusterName: string
  readonly taskDefinitionArn: string
  /** `service:<name>` or `family:<family>`. */
  readonly group: string
  readonly startedBy?: string
  /** Set for tasks of a service. */
  readonly serviceName?: string
  readonly deploymentId?: string
  lastStatus: TaskStatus
  desiredStatus: 'RUNNING' | 'STOPPED'
  /** Moves on every change. */
  version: number
  address?: string
  readonly eniId: string
  readonly availabilityZone: string
  containers: ContainerRecord[]
  readonly run?: Pick<
    RunTaskRequest,
    | 'overrides'
    | 'enableExecuteCommand'
    | 'launchType'
    | 'capacityProviderStrategy'
    | 'networkConfiguration'
    | 'platformVersion'
  >
  readonly createdAtMs: number
  pullStartedAtMs?: number
  pullStoppedAtMs?: number
  startedAtMs?: number
  stoppingAtMs?: number
  stoppedAtMs?: number
  executionStoppedAtMs?: number
  stopCode?: string
  stoppedReason?: string
  readonly subnetId: string
  /** When it entered `lastStatus`; passing statuses last a while from here. */
  statusSinceMs: number
  /** Handed to the runtime, which owes us a `task-ended`. */
  launched: boolean
  /** The runtime said that nothing of it is left. */
  ended: boolean
  /** ECS words of a start that failed, for example `CannotStartContainerError: …`. */
  failure?: string
  /** When it first counted as started well: RUNNING, and HEALTHY where a health check says so. */
  provedAtMs?: number
  /** Its instance in Cloud Map while it is registered. */
  registration?: {
    readonly discoveryServiceId: string
    /** Whether Cloud Map takes a custom health status for it. */
    readonly customHealth: boolean
    /** The status told last. */
    health: 'HEALTHY' | 'UNHEALTHY'
  }
  /** Set for a task with a sidecar of Service Connect. */
  connect?: {
    /** Its proxy takes connections in, so it is registered only when the application takes them. */
    readonly serves: boolean
    /** The runtime said that the application takes connections. */
    reachable?: boolean
    /** Cloud Map services that hold an instance of it; absent until it was registered. */
    registeredIn?: readonly string[]
  }
}

/** What the scheduler has to look at again; handlers add, its loop empties. */
export type Woken = { readonly services: Set<ServiceRecord>; readonly tasks: Set<TaskRecord> }

export type EcsState = {
  readonly clusters: Map<string, ClusterRecord>
  /** By family; index 0 is revision 1. Revisions are never reused. */
  readonly taskDefinitions: Map<string, TaskDefinitionRecord[]>
  /** Tags by ARN. */
  readonly tags: Map<string, Map<string, string>>
  /** Every task of every cluster by its id, which is unique. */
  readonly tasks: Map<string, TaskRecord>
  /** RunTask by cluster and client token: what was asked and which tasks it made. */
  readonly runTokens: Map<string, { readonly fingerprint: string; readonly taskArns: readonly string[] }>
  /** By ARN. */
  readonly serviceDeployments: Map<string, ServiceDeploymentRecord>
  /** By ARN. */
  readonly serviceRevisions: Map<string, ServiceRevisionRecord>
  /** Those that were created, by name; FARGATE and FARGATE_SPOT are not among them. */
  readonly capacityProviders: Map<string, CapacityProviderRecord>
  /** By `<principal ARN> <setting>`; the account's root holds what is set for all. */
  readonly accountSettings: Map<string, AccountSettingRecord>
  /** CreateService by cluster and client token: what was asked and which service it made. */
  readonly createTokens: Map<string, { readonly fingerprint: string; readonly serviceName: string }>
  /** What Service Connect has in Cloud Map, by `srv-…`. */
  readonly connectEndpoints: Map<string, ConnectEndpointRecord>
  readonly woken: Woken
}

export type CapacityProviderRecord = {
  readonly name: string
  readonly arn: string
  readonly autoScalingGroupProvider: AutoScalingGroupProvider
  readonly createdAtMs: number
  updateStatus?: CapacityProviderUpdateStatus
}

export type AccountSettingRecord = {
  readonly name: SettingName
  readonly value: string
  readonly principalArn: string
}

export const emptyEcs = (): EcsState => ({
  clusters: new Map(),
  taskDefinitions: new Map(),
  tags: new Map(),
  tasks: new Map(),
  runTokens: new Map(),
  createTokens: new Map(),
  serviceDeployments: new Map(),
  serviceRevisions: new Map(),
  capacityProviders: new Map(),
  accountSettings: new Map(),
  connectEndpoints: new Map(),
  woken: { services: new Set(), tasks: new Set() },
})
