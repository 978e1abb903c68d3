import type { Scope } from '../scope'
import type { EndpointInstance, ProxySpec } from '../service-connect/proxy-spec'
import type { ExecProgram, ExecProgramEvents, ExecTarget, TerminalSize } from './exec-program'

/** A port that a container says it listens on. */
export type ContainerPort = {
  readonly containerPort: number
  readonly protocol: 'tcp' | 'udp'
  readonly name?: string
}

/** ECS container health check with its defaults already filled in. */
export type HealthCheckSpec = {
  /** `["CMD", …]` or `["CMD-SHELL", "…"]`, as registered. */
  readonly command: readonly string[]
  readonly intervalSeconds: number
  readonly timeoutSeconds: number
  readonly retries: number
  readonly startPeriodSeconds: number
}

export type DependencyCondition = 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY'

/** One container of a task, resolved from its task definition and the task's overrides. */
export type ContainerSpec = {
  readonly name: string
  readonly image: string
  readonly entryPoint: readonly string[]
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly ports: readonly ContainerPort[]
  readonly essential: boolean
  readonly dependsOn: readonly { readonly containerName: string; readonly condition: DependencyCondition }[]
  readonly healthCheck?: HealthCheckSpec
  /** SIGTERM, then SIGKILL after this long. ECS default 30. */
  readonly stopTimeoutSeconds: number
  /** Where its output goes (awslogs options, or the local cloud's own group when none is configured). */
  readonly log: { readonly group: string; readonly stream: string }
  /** The sidecar of Service Connect: not a process, but a proxy of the data plane. */
  readonly proxy?: ProxySpec
}

/** Addresses of a task besides its own: where its applications really listen, and one for each name it resolves. */
export type ProxyAddresses = { readonly inner: string; readonly aliases: readonly string[] }

/** What Service Connect changes in the world of a task's containers. */
export type TaskConnect = {
  /** Where the application listens on the ports that its proxy has taken; from `allocateProxyAddresses`. */
  readonly innerAddress: string
  /** Container ports whose place at the task's address the proxy has taken. */
  readonly proxiedPorts: readonly number[]
  /** Aliases, in lower case, with the task's own address for each: what /etc/hosts has in an ECS task. */
  readonly hosts: Readonly<Record<string, string>>
}

/** A task as a runtime needs to know it. */
export type TaskSpec = {
  readonly scope: Scope
  /** 32 hex digits. */
  readonly taskId: string
  readonly taskArn: string
  readonly clusterName: string
  readonly family: string
  readonly revision: number
  /** From `allocateAddress`: the task's private IPv4 address, 127.x.y.z. */
  readonly address: string
  /** What `os.hostname()` says inside, for example `ip-127-10-0-12`. */
  readonly hostname: string
  readonly containers: readonly ContainerSpec[]
  readonly connect?: TaskConnect
}

/** What a runtime reports. Events of one task arrive in the order in which they happened. */
export type RuntimeEvent = { readonly taskId: string; readonly scope: Scope; readonly atMs: number } & (
  | {
      readonly kind: 'container-started'
      readonly container: string
      readonly pid?: number
      readonly standIn: boolean
    }
  | {
      readonly kind: 'container-exited'
      readonly container: string
      readonly exitCode: number
      /** ECS words, for example `OutOfMemoryError: …`; absent for an ordinary exit. */
      readonly reason?: string
    }
  | {
      readonly kind: 'container-health'
      readonly container: string
      readonly status: 'HEALTHY' | 'UNHEALTHY'
    }
  /**
   * Every port that others reach through the task's proxy takes connections, or was waited for long enough. Told once, for tasks
   * whose proxy takes connections in.
   */
  | { readonly kind: 'task-reachable' }
  /** A container could not be started at all, for example `CannotStartContainerError: …`; the task is over. */
  | { readonly kind: 'task-failed'; readonly reason: string }
  /** Every container has ended and nothing of the task is left; the address is free again. */
  | { readonly kind: 'task-ended' }
)

/** Runs tasks. `start` and `stop` return at once; what happens comes as events. */
export type Runtime = {
  readonly name: 'process' | 'simulated'
  /** Container ports below this are really reached at `reachedPort`; 0 where every port may be had. */
  readonly lowestPort: number
  /** A private IPv4 address nobody uses, 127.x.y.z, reserved until `task-ended` or `releaseAddress`. */
  allocateAddress(taskId: string): string
  /** What a task with a Service Connect proxy needs besides. Throws when there are not so many. */
  allocateProxyAddresses(aliasCount: number): ProxyAddresses
  /** Any address of the two above that did not come into use. */
  releaseAddress(address: string): void
  /** The instances behind a Service Connect endpoint from now on. */
  setInstances(endpointId: string, instances: readonly EndpointInstance[]): void
  start(task: TaskSpec): void
  /** SIGTERM to every container, SIGKILL after its stop timeout; ends in `task-ended`. Unknown ids are ignored. */
  stop(taskId: string): void
  /** Whether commands can be run inside its tasks; only real processes have an inside. */
  readonly canExecute: boolean
  /**
   * Runs a further command in a running container: with its environment, from its address, ended with it. Where it can not be
   * run, the program ends at once and says why.
   */
  execute(target: ExecTarget, size: TerminalSize, events: ExecProgramEvents): ExecProgram
  /** Kills everything at once and waits until nothing is left. */
  close(): Promise<void>
}

/** Whom a runtime tells. Passed in when the runtime is made. */
export type RuntimeListener = (event: RuntimeEvent) => void

/** Where container output goes; implemented by the log store. */
export type LogSink = {
  append(
    scope: Scope,
    group: string,
    stream: string,
    events: readonly { atMs: number; message: string }[],
  ): void
}
