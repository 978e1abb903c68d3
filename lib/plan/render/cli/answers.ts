import type { Command, OutputName } from '../../command'

type Answer = {
  /** Where in the call's own answer an output stands, as the CLI's `--query` (JMESPath) says it. */
  readonly outputs: readonly (readonly [output: OutputName, query: string])[]
  /** What is worth printing when nothing of the answer is needed; null: the answer is empty. */
  readonly shown: string | null
}

const operation: Answer = { outputs: [], shown: null }
const service: Answer = { outputs: [['serviceArn', 'service.serviceArn']], shown: 'service.serviceArn' }
const cluster: Answer = { outputs: [['clusterArn', 'cluster.clusterArn']], shown: 'cluster.clusterArn' }
const revision: Answer = {
  outputs: [['taskDefinitionArn', 'taskDefinition.taskDefinitionArn']],
  shown: 'taskDefinition.taskDefinitionArn',
}

const answers: Readonly<Partial<Record<Command, Answer>>> = {
  'ecs:CreateCluster': cluster,
  'ecs:DeleteCluster': cluster,
  'ecs:RegisterTaskDefinition': revision,
  'ecs:DeregisterTaskDefinition': revision,
  'ecs:DeleteTaskDefinitions': { outputs: [], shown: 'taskDefinitions[].taskDefinitionArn' },
  'ecs:CreateService': service,
  'ecs:UpdateService': service,
  'ecs:DeleteService': service,
  'ecs:StopServiceDeployment': { outputs: [], shown: 'serviceDeploymentArn' },
  'ecs:RunTask': { outputs: [['taskArn', 'tasks[0].taskArn']], shown: 'tasks[].taskArn' },
  'ecs:StopTask': { outputs: [['taskArn', 'task.taskArn']], shown: 'task.taskArn' },
  'servicediscovery:CreatePrivateDnsNamespace': operation,
  'servicediscovery:CreatePublicDnsNamespace': operation,
  'servicediscovery:CreateHttpNamespace': operation,
  'servicediscovery:DeleteNamespace': operation,
  'servicediscovery:DeregisterInstance': operation,
  'servicediscovery:CreateService': {
    outputs: [
      ['discoveryServiceId', 'Service.Id'],
      ['discoveryServiceArn', 'Service.Arn'],
    ],
    shown: 'Service.Arn',
  },
}

export const answerOf = (command: Command): Answer => answers[command] ?? { outputs: [], shown: null }

/** The calls that Cloud Map only accepts; GetOperation says when they are done (Cloud Map API reference). */
const accepted: ReadonlySet<Command> = new Set<Command>([
  'servicediscovery:CreatePrivateDnsNamespace',
  'servicediscovery:CreatePublicDnsNamespace',
  'servicediscovery:CreateHttpNamespace',
  'servicediscovery:DeleteNamespace',
  'servicediscovery:DeregisterInstance',
])

export const isOperation = (command: Command): boolean => accepted.has(command)
