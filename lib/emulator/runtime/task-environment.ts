import type { ContainerSpec, TaskSpec } from './runtime'

/** What of this machine a task process gets to know; nothing else is inherited, credentials least of all. */
export type HostFacts = {
  readonly path: string
  readonly temporaryDirectory: string
  /** Path of the preload that makes a Node program feel at home. */
  readonly preloadPath: string
  readonly nodeDirectory: string
  readonly dns: { readonly host: string; readonly port: number }
  /** See `lowestPortOf`. */
  readonly lowestPort: number
}

/** What the example programs and the stand-in say about themselves. */
export type ContainerIdentity = {
  readonly image: string
  readonly task: string
  readonly cluster: string
  readonly family: string
  readonly container: string
  readonly ports: readonly { readonly port: number; readonly protocol: 'tcp' | 'udp' }[]
}

// Node reads NODE_OPTIONS with double quotes and backslashes, as JSON has them. `--require` rather than `--import`: only it
// reaches worker threads too.
const joinOptions = (...options: readonly (string | undefined)[]): string =>
  options.filter((one) => one !== undefined && one !== '').join(' ')

/**
 * The whole environment of a container's process: what Docker and Fargate set, the container's own variables over it,
 * and ours. `SWITCHBOARD_ADDRESS` is for programs other than Node, which have to be told what to bind.
 */
export function buildTaskEnvironment(
  task: TaskSpec,
  container: ContainerSpec,
  host: HostFacts,
): Record<string, string> {
  const identity: ContainerIdentity = {
    image: container.image,
    task: task.taskArn,
    cluster: task.clusterName,
    family: `${task.family}:${task.revision}`,
    container: container.name,
    ports: container.ports.map(({ containerPort, protocol }) => ({ port: containerPort, protocol })),
  }
  return {
    PATH: `${host.nodeDirectory}:${host.path}`,
    // Not the user's: a task must not find ~/.aws or ~/.npmrc.
    HOME: host.temporaryDirectory,
    TMPDIR: host.temporaryDirectory,
    LANG: 'C.UTF-8',
    AWS_REGION: task.scope.region,
    AWS_DEFAULT_REGION: task.scope.region,
    AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
    ...container.environment,
    HOSTNAME: task.hostname,
    NODE_OPTIONS: joinOptions(
      `--require=${JSON.stringify(host.preloadPath)}`,
      container.environment.NODE_OPTIONS,
    ),
    SWITCHBOARD_ADDRESS: task.address,
    SWITCHBOARD_HOSTNAME: task.hostname,
    SWITCHBOARD_DNS: `${host.dns.host}:${host.dns.port}`,
    ...connectEnvironment(task),
    ...(host.lowestPort > 0 && { SWITCHBOARD_LOWEST_PORT: String(host.lowestPort) }),
    SWITCHBOARD_CONTAINER: JSON.stringify(identity),
  }
}

/** What the preload needs to take names and ports as a task with a Service Connect proxy has them. */
const connectEnvironment = ({ connect }: TaskSpec): Record<string, string> =>
  connect
    ? {
        SWITCHBOARD_HOSTS: JSON.stringify(connect.hosts),
        SWITCHBOARD_INNER_ADDRESS: connect.innerAddress,
        SWITCHBOARD_PROXIED_PORTS: connect.proxiedPorts.join(','),
      }
    : {}

/**
 * As `spawn` wants it. Its type insists on NODE_ENV because Next's types say that every environment has one; a task's
 * has it only when its definition says so.
 */
export const toProcessEnv = (environment: Readonly<Record<string, string>>): NodeJS.ProcessEnv =>
  Object.assign(Object.create(null), environment)
