import type { ServiceConnectConfiguration } from '@aws-sdk/client-ecs'
import { reachedPort } from '../runtime/low-ports'
import type { ContainerSpec, ProxyAddresses, TaskConnect } from '../runtime/runtime'
import type { Scope } from '../scope'
import type { ContainerRecord, DeploymentRecord, TaskDefinitionRecord, TaskRecord } from '../state/ecs'
import type { AccessLog, InboundListener, OutboundListener } from './proxy-spec'

/** The sidecar, as the runtime needs it, and what it changes for the other containers. */
export type Sidecar = { readonly container: ContainerSpec; readonly connect: TaskConnect }

/** The names among frozen ones, each once: names with several ports share an address. */
export const distinctAliases = ({ names = [] }: Pick<DeploymentRecord, 'names'>): string[] => [
  ...new Set(names.map(({ alias }) => alias)),
]

/** What the deployment of a task makes of its sidecar. Pure. */
export function buildSidecar(
  scope: Scope,
  task: Readonly<TaskRecord>,
  sidecar: Readonly<ContainerRecord>,
  deployment: Readonly<DeploymentRecord>,
  world: {
    readonly family: TaskDefinitionRecord['family']
    readonly address: string
    readonly addresses: ProxyAddresses
    readonly lowestPort: number
    readonly drainMs: number
  },
): Sidecar {
  const { address, addresses, lowestPort } = world
  const { served = [] } = deployment.connect ?? {}
  const hosts = Object.fromEntries(
    distinctAliases(deployment).map((alias, index) => [alias, addresses.aliases[index] ?? '']),
  )
  const inbound = served.map(
    ({ discoveryName, containerPort, ingressPort, protocol, timeouts, tls }): InboundListener => ({
      discoveryName,
      address,
      port: reachedPort(ingressPort, lowestPort),
      app: {
        // With an ingress port of its own the proxy leaves the container port to the application.
        address: ingressPort === containerPort ? addresses.inner : address,
        port: reachedPort(containerPort, lowestPort),
      },
      protocol,
      timeouts,
      tls,
    }),
  )
  const outbound = (deployment.names ?? []).map(
    ({ alias, port, ...name }): OutboundListener => ({
      ...name,
      alias,
      address: hosts[alias] ?? '',
      port: reachedPort(port, lowestPort),
    }),
  )
  const { serviceConnectConfiguration: configuration } = deployment.settings
  return {
    connect: {
      innerAddress: addresses.inner,
      proxiedPorts: served.flatMap(({ containerPort, ingressPort }) =>
        ingressPort === containerPort ? [containerPort] : [],
      ),
      hosts,
    },
    container: {
      name: sidecar.name,
      image: '',
      entryPoint: [],
      command: [],
      environment: {},
      ports: [],
      essential: true,
      dependsOn: [],
      stopTimeoutSeconds: Math.ceil(world.drainMs / 1_000) + 10,
      log: logOf(task, sidecar.name, world.family, configuration),
      proxy: {
        scope,
        taskId: task.id,
        taskArn: task.arn,
        taskAddress: address,
        clusterName: task.clusterName,
        serviceName: task.serviceName ?? '',
        inbound,
        outbound,
        accessLog: accessLogOf(configuration),
      },
    },
  }
}

const accessLogOf = (configuration: ServiceConnectConfiguration | undefined): AccessLog | null => {
  const { format, includeQueryParameters } = configuration?.accessLogConfiguration ?? {}
  return format === 'TEXT' || format === 'JSON'
    ? { format, includeQueryParameters: includeQueryParameters === 'ENABLED' }
    : null
}

/** With awslogs as the configuration says; otherwise beside the task's other containers in the local cloud's own group. */
function logOf(
  task: Readonly<TaskRecord>,
  name: string,
  family: string,
  configuration: ServiceConnectConfiguration | undefined,
): ContainerSpec['log'] {
  const { logDriver, options } = configuration?.logConfiguration ?? {}
  const awslogs = logDriver === 'awslogs' ? options : undefined
  const prefix = awslogs?.['awslogs-stream-prefix'] ?? 'ecs'
  return {
    group: awslogs?.['awslogs-group'] ?? `/local/${task.clusterName}/${family}`,
    stream: `${prefix}/${name}/${task.id}`,
  }
}
