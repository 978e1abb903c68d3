import type { ServiceRegistry } from '@aws-sdk/client-ecs'
import type { Scope } from '../scope'
import type { DiscoveryServiceRecord } from '../state/cloud-map'
import type { TaskRecord } from '../state/ecs'

/** The first health that ECS gives an instance: UNHEALTHY until a health check of its own has said otherwise. */
export const firstHealth = ({ containers }: Readonly<TaskRecord>): 'HEALTHY' | 'UNHEALTHY' =>
  containers.some(({ essential, hasHealthCheck, isProxy }) => essential && hasHealthCheck && !isProxy)
    ? 'UNHEALTHY'
    : 'HEALTHY'

/** The attributes under which ECS registers a task for service discovery. */
export function registrationAttributes(
  { region }: Scope,
  task: Readonly<TaskRecord>,
  registry: ServiceRegistry,
  discovery: Pick<DiscoveryServiceRecord, 'dnsRecords'>,
): Record<string, string> {
  const attributes: Record<string, string> = {
    AVAILABILITY_ZONE: task.availabilityZone,
    AWS_INIT_HEALTH_STATUS: firstHealth(task),
    AWS_INSTANCE_IPV4: task.address ?? '',
    ECS_CLUSTER_NAME: task.clusterName,
    ECS_SERVICE_NAME: task.serviceName ?? '',
    ECS_TASK_DEFINITION_FAMILY: familyOf(task),
    REGION: region,
  }
  const port = registry.port ?? registry.containerPort
  if (port !== undefined && discovery.dnsRecords.some(({ Type }) => Type === 'SRV'))
    attributes.AWS_INSTANCE_PORT = String(port)
  return attributes
}

const familyOf = ({ taskDefinitionArn }: Readonly<TaskRecord>): string =>
  taskDefinitionArn.slice(taskDefinitionArn.lastIndexOf('/') + 1, taskDefinitionArn.lastIndexOf(':'))
