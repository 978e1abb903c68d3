import type {
  ContainerDefinition,
  CreateServiceRequest,
  RegisterTaskDefinitionRequest,
  RunTaskRequest,
} from '@aws-sdk/client-ecs'

/** Records of ECS. Times are epoch milliseconds. Inputs are kept as AWS got them, so that Describe can echo them. */
export type ClusterRecord = {
  readonly name: string
  readonly arn: string
  status: 'ACTIVE' | 'INACTIVE'
  settings: { name?: string; value?: string }[]
  configuration?: unknown
  capacityProviders: string[]
  defaultCapacityProviderStrategy: unknown[]
  serviceConnectNamespace?: string
  readonly createdAtMs: number
  /** By service name; INACTIVE ones stay describable for a while. */
  readonly services: Map<string, ServiceRecord>
  /** By task id (32 hex); STOPPED ones stay for an hour. */
  readonly tasks: Map<string, TaskRecord>
}

export type TaskDefinitionRecord = {
  readonly arn: string
  readonly family: string
  readonly revision: number
  status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS'
  readonly input: RegisterTaskDefinitionRequest & { containerDefinitions: ContainerDefinition[] }
  readonly registeredAtMs: number
  deregisteredAtMs?: number
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
  steadySinceMs?: number
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
    'overrides' | 'enableExecuteCommand' | 'launchType' | 'networkConfiguration' | 'platformVersion'
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
}

export type EcsState = {
  readonly clusters: Map<string, ClusterRecord>
  /** By family; index 0 is revision 1. Revisions are never reused. */
  readonly taskDefinitions: Map<string, TaskDefinitionRecord[]>
  /** Tags by ARN. */
  readonly tags: Map<string, Map<string, string>>
}

export const emptyEcs = (): EcsState => ({ clusters: new Map(), taskDefinitions: new Map(), tags: new Map() })
