import type { Tag } from '@aws-sdk/client-ecs'
import type { Context } from '../../context'
import type {
  ClusterRecord,
  ContainerRecord,
  DeploymentRecord,
  ServiceRecord,
  TaskDefinitionRecord,
  TaskRecord,
} from '../../state/ecs'
import { makeContainerArn, makeTaskArn } from '../arns'
import { setTags } from '../tags/tags'
import { placeTask } from './placement'

/** What a new task is made from. */
export type NewTask = {
  readonly cluster: ClusterRecord
  readonly taskDefinition: TaskDefinitionRecord
  readonly group: string
  readonly startedBy?: string | undefined
  /** Set for a task of a service. */
  readonly owner?: { readonly service: ServiceRecord; readonly deployment: DeploymentRecord }
  readonly run: NonNullable<TaskRecord['run']>
  readonly tags: readonly Tag[]
}

/** Adds a task in PROVISIONING to the state and has the scheduler look at it. */
export function addTask(context: Context, { cluster, taskDefinition, owner, ...fresh }: NewTask): TaskRecord {
  const { ids, scope, state, clock } = context
  const id = ids.hex(32)
  const now = clock.now()
  const { connect } = owner?.deployment ?? {}
  const number = owner ? owner.service.tasks.size : cluster.live.size
  const task: TaskRecord = {
    id,
    arn: makeTaskArn(scope, cluster.name, id),
    clusterName: cluster.name,
    taskDefinitionArn: taskDefinition.arn,
    group: fresh.group,
    ...(fresh.startedBy !== undefined && { startedBy: fresh.startedBy }),
    ...(owner && { serviceName: owner.service.name, deploymentId: owner.deployment.id }),
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    version: 1,
    eniId: `eni-${ids.hex(17)}`,
    ...placeTask(scope, fresh.run.networkConfiguration, number),
    containers: [
      ...taskDefinition.input.containerDefinitions.map(
        (container): ContainerRecord => ({
          name: container.name ?? '',
          arn: makeContainerArn(scope, cluster.name, id, ids.uuid()),
          image: container.image ?? '',
          essential: container.essential ?? true,
          hasHealthCheck: container.healthCheck !== undefined,
          lastStatus: 'PENDING',
          health: 'UNKNOWN',
        }),
      ),
      ...(connect ? [makeSidecar(makeContainerArn(scope, cluster.name, id, ids.uuid()), ids)] : []),
    ],
    ...(connect && { connect: { serves: connect.served.length > 0 } }),
    run: fresh.run,
    createdAtMs: now,
    statusSinceMs: now,
    launched: false,
    ended: false,
  }
  cluster.tasks.set(id, task)
  cluster.live.set(id, task)
  state.ecs.tasks.set(id, task)
  owner?.service.tasks.set(id, task)
  setTags(state.ecs, task.arn, fresh.tags)
  state.ecs.woken.tasks.add(task)
  return task
}

/** Named as on AWS, with five characters that tell it from those of other tasks. */
const makeSidecar = (arn: string, ids: Context['ids']): ContainerRecord => ({
  name: `ecs-service-connect-${ids.alphanumeric(5)}`,
  arn,
  image: '',
  essential: true,
  hasHealthCheck: true,
  lastStatus: 'PENDING',
  health: 'UNKNOWN',
  isProxy: true,
})
