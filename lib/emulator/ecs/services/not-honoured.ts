import type { CreateServiceRequest } from '@aws-sdk/client-ecs'
import { movedRemark, reachedPort } from '../../runtime/low-ports'
import type { Runtime } from '../../runtime/runtime'
import type { TaskDefinitionRecord } from '../../state/ecs'
import { isFargate } from './settings'

/** What a service asks for that the local cloud takes note of and does not act upon: one sentence each. */
export function notHonoured(
  settings: CreateServiceRequest,
  definition: TaskDefinitionRecord,
  runtime: Runtime['name'],
): string[] {
  const { deploymentConfiguration: deployment } = settings
  const remarks: string[] = []
  const say = (wanted: unknown, remark: string): void => {
    if (Array.isArray(wanted) ? wanted.length > 0 : wanted) remarks.push(remark)
  }
  say(
    runtime === 'simulated' && settings.serviceConnectConfiguration?.enabled,
    'tasks are simulated, so their Service Connect proxies carry no traffic.',
  )
  say(settings.loadBalancers, 'loadBalancers are kept, but there are no load balancers here.')
  say(settings.vpcLatticeConfigurations, 'vpcLatticeConfigurations are kept, but not acted upon.')
  say(settings.volumeConfigurations, 'volumeConfigurations are kept, but no volume is made.')
  say(settings.capacityProviderStrategy, 'capacityProviderStrategy is kept; every task runs on this machine.')
  say(settings.placementConstraints, 'placementConstraints are kept; every task runs on this machine.')
  say(settings.placementStrategy, 'placementStrategy is kept; every task runs on this machine.')
  say(deployment?.alarms?.enable, 'deployment alarms are kept, but never go off.')
  say(
    deployment?.strategy && deployment.strategy !== 'ROLLING',
    `the deployment strategy ${deployment?.strategy} is kept; deployments are rolling.`,
  )
  say(deployment?.lifecycleHooks, 'deployment lifecycleHooks are kept, but not called.')
  say(
    !isFargate(settings),
    'there are no container instances; AWS would wait for one, here the tasks run on this machine.',
  )
  say(
    settings.schedulingStrategy === 'DAEMON',
    'schedulingStrategy DAEMON means one task here, this machine being the only instance.',
  )
  return [...remarks, ...notHonouredInTasks(definition)]
}

/** The same for what a task definition asks for. */
export function notHonouredInTasks({ input }: TaskDefinitionRecord): string[] {
  const remarks: string[] = []
  for (const {
    name,
    secrets,
    environmentFiles,
    mountPoints,
    firelensConfiguration,
  } of input.containerDefinitions) {
    for (const secret of secrets ?? [])
      remarks.push(
        `the secret ${secret.name} of container ${name} can not be read here (${secret.valueFrom}); the variable is not set.`,
      )
    if (environmentFiles?.length)
      remarks.push(`environmentFiles of container ${name} can not be read here; their variables are not set.`)
    if (mountPoints?.length) remarks.push(`volumes are not mounted in container ${name}.`)
    if (firelensConfiguration) remarks.push(`firelensConfiguration of container ${name} is not acted upon.`)
  }
  return remarks
}

/** Container ports that this machine's user may not have and that are therefore reached elsewhere. */
export const movedPorts = ({ input }: TaskDefinitionRecord, lowestPort: number): string[] =>
  input.containerDefinitions
    .flatMap(({ portMappings = [] }) => portMappings)
    .flatMap(({ containerPort = 0, protocol }) =>
      protocol === 'udp' || reachedPort(containerPort, lowestPort) === containerPort
        ? []
        : [movedRemark(containerPort)],
    )
