import type { ContainerInput } from './fields/container'
import type { TaskDefinitionForm } from './fields/task-definition'
import { ecsTagsOf } from './tags'
import type { TaskDefinitionInput } from './task-definition-json'

type ContainerDefinition = NonNullable<TaskDefinitionInput['containerDefinitions']>[number]

function logsOf({ logs }: ContainerInput): Pick<ContainerDefinition, 'logConfiguration'> {
  if (logs.kind === 'none') return {}
  return {
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': logs.group,
        'awslogs-region': logs.region,
        'awslogs-stream-prefix': logs.streamPrefix,
        ...(logs.createGroup ? { 'awslogs-create-group': 'true' } : {}),
      },
    },
  }
}

function healthCheckOf({ healthCheck }: ContainerInput): Pick<ContainerDefinition, 'healthCheck'> {
  if (healthCheck.kind === 'none') return {}
  return {
    healthCheck: {
      command: ['CMD-SHELL', healthCheck.command],
      interval: healthCheck.intervalSeconds,
      timeout: healthCheck.timeoutSeconds,
      retries: healthCheck.retries,
      // 0 is the same as none, and ECS shows what it was given.
      ...(healthCheck.startPeriodSeconds > 0 ? { startPeriod: healthCheck.startPeriodSeconds } : {}),
    },
  }
}

const containerOf = (container: ContainerInput): ContainerDefinition => ({
  name: container.name,
  image: container.image,
  essential: container.essential,
  ...(container.command.length > 0 ? { command: [...container.command] } : {}),
  ...(container.ports.length > 0
    ? {
        portMappings: container.ports.map(({ name, containerPort, protocol, appProtocol }) => ({
          ...(name === '' ? {} : { name }),
          containerPort,
          protocol,
          ...(appProtocol === '' ? {} : { appProtocol }),
        })),
      }
    : {}),
  ...(container.environment.length > 0
    ? { environment: container.environment.map(({ name, value }) => ({ name, value })) }
    : {}),
  ...(container.secrets.length > 0
    ? { secrets: container.secrets.map(({ name, valueFrom }) => ({ name, valueFrom })) }
    : {}),
  ...healthCheckOf(container),
  ...logsOf(container),
})

/** What a filled-in form registers: for Fargate, network mode `awsvpc`, Linux. */
export const definitionFromForm = (form: TaskDefinitionForm): TaskDefinitionInput => ({
  family: form.family,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: String(form.cpu),
  memory: String(form.memoryMib),
  runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: form.architecture },
  ...(form.executionRoleArn === '' ? {} : { executionRoleArn: form.executionRoleArn }),
  ...(form.taskRoleArn === '' ? {} : { taskRoleArn: form.taskRoleArn }),
  containerDefinitions: form.containers.map(containerOf),
  ...ecsTagsOf(form.tags),
})
