import { makeArn } from '../arn'
import { deregisterInstance, registerInstance } from '../cloud-map/registry'
import type { Context } from '../context'
import { addRemark } from '../ecs/services/add-event'
import type { Scope } from '../scope'
import type { DeploymentRecord, ServedEndpoint, TaskRecord } from '../state/ecs'
import { ownerOf } from './owner'

/** Enters a task into the endpoints that its deployment serves, or into the bookkeeping service of a client. */
export function registerConnect(context: Context, task: TaskRecord): void {
  if (!task.connect) return
  const { service, deployment } = ownerOf(context.state.ecs, task)
  const registeredIn: string[] = []
  for (const { id, attributes } of instancesOf(context.scope, task, deployment)) {
    if (registerInstance(context, id, { instanceId: task.id, attributes, health: 'HEALTHY' }))
      registeredIn.push(id)
    else if (service)
      addRemark(
        context,
        service,
        `tasks can not be registered for Service Connect: its Cloud Map service ${id} is gone. A new deployment makes it again.`,
      )
  }
  task.connect.registeredIn = registeredIn
}

/** Takes it out again, so that no proxy sends it anything more. */
export function deregisterConnect(context: Context, task: TaskRecord): void {
  if (!task.connect) return
  for (const id of task.connect.registeredIn ?? []) deregisterInstance(context, id, task.id)
  task.connect.registeredIn = undefined
}

type ConnectInstance = { readonly id: string; readonly attributes: Readonly<Record<string, string>> }

function instancesOf(
  scope: Scope,
  task: Readonly<TaskRecord>,
  deployment: Readonly<DeploymentRecord> | undefined,
): ConnectInstance[] {
  const { connect } = deployment ?? {}
  if (!deployment || !connect) return []
  const common = {
    AWS_INSTANCE_IPV4: task.address ?? '',
    AvailabilityZone: task.availabilityZone,
    DeploymentId: makeArn(
      'ecs',
      scope,
      `task-set/${task.clusterName}/${task.serviceName ?? ''}/${deployment.id}`,
    ),
  }
  const { clientEndpointId } = connect
  if (clientEndpointId !== undefined) return [{ id: clientEndpointId, attributes: common }]
  return connect.served.map((endpoint) => ({
    id: endpoint.endpointId,
    attributes: { ...common, ...serverAttributes(endpoint) },
  }))
}

/** As ECS spells them; a timeout that nobody set is 0 here. */
const serverAttributes = ({
  ingressPort,
  idleTimeoutSeconds,
  perRequestTimeoutSeconds,
}: ServedEndpoint): Record<string, string> => ({
  AWS_INSTANCE_PORT: String(ingressPort),
  IdleTimeoutInSeconds: String(idleTimeoutSeconds),
  PerRequestTimeoutInSeconds: String(perRequestTimeoutSeconds),
})
