import type { ContainerDefinition, ContainerOverride, KeyValuePair } from '@aws-sdk/client-ecs'
import { hostnameOf } from '../ecs/tasks/private-dns-name'
import type { ContainerSpec, HealthCheckSpec, TaskSpec } from '../runtime/runtime'
import type { Scope } from '../scope'
import type { Sidecar } from '../service-connect/sidecar'
import type { TaskDefinitionRecord, TaskRecord } from '../state/ecs'

const stopTimeoutSeconds = 30

/** What a runtime needs to start a task: its task definition with the task's overrides applied, and its sidecar. */
export function buildTaskSpec(
  scope: Scope,
  task: Readonly<TaskRecord>,
  definition: Readonly<TaskDefinitionRecord>,
  address: string,
  sidecar?: Sidecar,
): TaskSpec {
  const containers = ownContainers(scope, task, definition)
  return {
    scope,
    taskId: task.id,
    taskArn: task.arn,
    clusterName: task.clusterName,
    family: definition.family,
    revision: definition.revision,
    address,
    hostname: hostnameOf(address),
    ...(sidecar
      ? { containers: [...containers.map(after(sidecar.container.name)), sidecar.container] }
      : { containers }),
    ...(sidecar && { connect: sidecar.connect }),
  }
}

/** Every application waits until the proxy is HEALTHY, and so ends before it. */
const after =
  (containerName: string) =>
  (container: ContainerSpec): ContainerSpec => ({
    ...container,
    dependsOn: [...container.dependsOn, { containerName, condition: 'HEALTHY' }],
  })

function ownContainers(
  scope: Scope,
  task: Readonly<TaskRecord>,
  definition: Readonly<TaskDefinitionRecord>,
): ContainerSpec[] {
  const overrides = task.run?.overrides?.containerOverrides ?? []
  return definition.input.containerDefinitions.map((container) =>
    containerSpec(
      scope,
      task,
      definition.family,
      container,
      overrides.find(({ name }) => name === container.name),
    ),
  )
}

function containerSpec(
  scope: Scope,
  task: Readonly<TaskRecord>,
  family: string,
  container: ContainerDefinition,
  override: ContainerOverride | undefined,
): ContainerSpec {
  const name = container.name ?? ''
  const healthCheck = healthCheckSpec(container)
  return {
    name,
    image: container.image ?? '',
    entryPoint: container.entryPoint ?? [],
    command: override?.command ?? container.command ?? [],
    environment: {
      ...platformEnvironment(scope, task),
      ...environmentOf(container.environment),
      ...environmentOf(override?.environment),
    },
    ports: (container.portMappings ?? []).flatMap(({ containerPort, protocol, name: portName }) =>
      containerPort === undefined
        ? []
        : [
            {
              containerPort,
              protocol: protocol === 'udp' ? ('udp' as const) : ('tcp' as const),
              ...(portName !== undefined && { name: portName }),
            },
          ],
    ),
    essential: container.essential ?? true,
    dependsOn: (container.dependsOn ?? []).flatMap(({ containerName, condition }) =>
      containerName === undefined || condition === undefined ? [] : [{ containerName, condition }],
    ),
    ...(healthCheck && { healthCheck }),
    stopTimeoutSeconds: container.stopTimeout ?? stopTimeoutSeconds,
    log: logTarget(task, family, container),
  }
}

/** What ECS sets in every container, which the task definition may set otherwise. */
const platformEnvironment = ({ region }: Scope, { run }: Readonly<TaskRecord>): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EXECUTION_ENV: run?.launchType === 'EC2' ? 'AWS_ECS_EC2' : 'AWS_ECS_FARGATE',
})

const environmentOf = (pairs: readonly KeyValuePair[] = []): Record<string, string> =>
  Object.fromEntries(
    pairs.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value ?? ''] as const])),
  )

function healthCheckSpec({ healthCheck }: ContainerDefinition): HealthCheckSpec | undefined {
  if (!healthCheck?.command) return undefined
  return {
    command: healthCheck.command,
    intervalSeconds: healthCheck.interval ?? 30,
    timeoutSeconds: healthCheck.timeout ?? 5,
    retries: healthCheck.retries ?? 3,
    startPeriodSeconds: healthCheck.startPeriod ?? 0,
  }
}

/** With awslogs, the stream is `prefix/container/task id`; otherwise a group of the local cloud's own. */
function logTarget(
  task: Readonly<TaskRecord>,
  family: string,
  { name, logConfiguration }: ContainerDefinition,
): ContainerSpec['log'] {
  const options = logConfiguration?.logDriver === 'awslogs' ? logConfiguration.options : undefined
  const prefix = options?.['awslogs-stream-prefix'] ?? 'ecs'
  return {
    group: options?.['awslogs-group'] ?? `/local/${task.clusterName}/${family}`,
    stream: `${prefix}/${name}/${task.id}`,
  }
}
