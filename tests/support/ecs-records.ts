import type { CreateServiceRequest } from '@aws-sdk/client-ecs'
import type {
  ContainerRecord,
  DeploymentRecord,
  ServiceRecord,
  TaskRecord,
  TaskStatus,
} from '@/lib/emulator/state/ecs'

export const nowMs = Date.UTC(2026, 0, 1)

export const aContainer = (changes: Partial<ContainerRecord> = {}): ContainerRecord => ({
  name: 'app',
  arn: 'arn:aws:ecs:us-east-1:111122223333:container/default/task/uuid',
  image: 'backend-api',
  essential: true,
  hasHealthCheck: false,
  lastStatus: 'RUNNING',
  health: 'UNKNOWN',
  ...changes,
})

let taskNumber = 0

/** A task that has run for an hour, unless told otherwise. */
export function aTask(changes: Partial<TaskRecord> = {}): TaskRecord {
  const id = (++taskNumber).toString(16).padStart(32, '0')
  const startedAtMs = nowMs - 3_600_000
  return {
    id,
    arn: `arn:aws:ecs:us-east-1:111122223333:task/default/${id}`,
    clusterName: 'default',
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/backend:1',
    group: 'service:web',
    serviceName: 'web',
    deploymentId: 'ecs-svc/1',
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    version: 1,
    address: '127.10.0.1',
    eniId: 'eni-00000000000000001',
    subnetId: 'subnet-default',
    availabilityZone: 'us-east-1a',
    containers: [aContainer()],
    createdAtMs: startedAtMs,
    startedAtMs,
    statusSinceMs: startedAtMs,
    launched: true,
    ended: false,
    provedAtMs: startedAtMs,
    ...changes,
  }
}

/** A task on its way to RUNNING. */
export const aPendingTask = (changes: Partial<TaskRecord> = {}): TaskRecord =>
  aTask({
    lastStatus: 'PENDING',
    startedAtMs: undefined,
    provedAtMs: undefined,
    createdAtMs: nowMs - 100,
    statusSinceMs: nowMs - 50,
    containers: [aContainer({ lastStatus: 'PENDING' })],
    ...changes,
  })

/** A task whose essential container has a health check that says this. */
export const aCheckedTask = (
  health: ContainerRecord['health'],
  changes: Partial<TaskRecord> = {},
): TaskRecord => aTask({ containers: [aContainer({ hasHealthCheck: true, health })], ...changes })

export const aTaskIn = (lastStatus: TaskStatus, changes: Partial<TaskRecord> = {}): TaskRecord =>
  aTask({ lastStatus, statusSinceMs: nowMs, ...changes })

export function aDeployment(changes: Partial<DeploymentRecord> = {}): DeploymentRecord {
  const id = changes.id ?? 'ecs-svc/1'
  return {
    id,
    status: 'PRIMARY',
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/backend:1',
    createdAtMs: nowMs - 7_200_000,
    updatedAtMs: nowMs - 7_200_000,
    desiredCount: 2,
    failedTasks: 0,
    rolloutState: 'COMPLETED',
    rolloutReason: `ECS deployment ${id} completed.`,
    nextStartAtMs: 0,
    settings: { serviceName: 'web' },
    startFailures: 0,
    deadlockTold: false,
    revisionArn: `arn:aws:ecs:us-east-1:111122223333:service-revision/default/web/${id.slice('ecs-svc/'.length)}`,
    ...changes,
  }
}

/** A service with one completed deployment and the tasks that are given. */
export function aService(
  tasks: readonly TaskRecord[],
  changes: Partial<ServiceRecord> & { settings?: CreateServiceRequest } = {},
): ServiceRecord {
  return {
    name: 'web',
    arn: 'arn:aws:ecs:us-east-1:111122223333:service/default/web',
    clusterName: 'default',
    status: 'ACTIVE',
    desiredCount: 2,
    settings: { serviceName: 'web', launchType: 'FARGATE' },
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/backend:1',
    deployments: [aDeployment()],
    events: [],
    createdAtMs: nowMs - 7_200_000,
    steadySinceMs: nowMs - 60_000,
    tasks: new Map(tasks.map((task) => [task.id, task])),
    told: new Set(),
    history: [],
    ...changes,
  }
}

/** A service that is being deployed: `ecs-svc/2` replaces `ecs-svc/1`. */
export const aRollingService = (
  tasks: readonly TaskRecord[],
  desiredCount: number,
  deploymentConfiguration: CreateServiceRequest['deploymentConfiguration'] = {},
  changes: Partial<ServiceRecord> = {},
): ServiceRecord =>
  aService(tasks, {
    desiredCount,
    settings: { serviceName: 'web', launchType: 'FARGATE', deploymentConfiguration },
    deployments: [
      aDeployment({ id: 'ecs-svc/2', rolloutState: 'IN_PROGRESS', rolloutReason: 'in progress' }),
      aDeployment({ status: 'ACTIVE' }),
    ],
    steadySinceMs: undefined,
    ...changes,
  })
