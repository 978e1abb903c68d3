/** How one local cloud is set up. Every duration is an option: visible for people, near zero for tests. */
export type EmulatorConfig = {
  /** Loopback only; the local cloud runs commands by design. */
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** UDP and TCP; 0: any free port. */
  readonly dnsPort: number
  readonly runtime: 'process' | 'simulated'
  /** Refuse what AWS would refuse, instead of honouring it with a warning. */
  readonly strict: boolean
  readonly defaultAccountId: string
  readonly defaultRegion: string
  /** From SUBMITTED to SUCCESS of a Cloud Map operation. AWS: seconds to a minute. */
  readonly operationDelayMs: number
  /** Until a custom health status is in force. AWS: about 30 s. */
  readonly customHealthDelayMs: number
  /** Between two checks of an endpoint by a HealthCheckConfig. AWS: 30 s. */
  readonly endpointCheckIntervalMs: number
  /** Pause in each passing task status (PROVISIONING, ACTIVATING, DEACTIVATING, DEPROVISIONING). */
  readonly taskStepMs: number
  /** RUNNING this long counts as healthy when no container has a health check. AWS: 40 s. */
  readonly healthyAfterMs: number
  /** First delay after a task that never ran; doubles up to `startDelayMaxMs`. AWS: up to 15 min. */
  readonly startDelayMs: number
  readonly startDelayMaxMs: number
  /** A stopped task stays describable this long. AWS: at least 1 h. */
  readonly stoppedTaskKeptMs: number
  /** A deleted (INACTIVE) service stays describable this long. */
  readonly inactiveServiceKeptMs: number
  /** How long a Service Connect proxy waits for requests in flight when its task stops. ECS agent: 20 s. */
  readonly proxyDrainMs: number
  /** From the end of a service until ECS removes what Service Connect made for it in Cloud Map. AWS: minutes. */
  readonly endpointRemovalMs: number
  /** Host names besides the loopback ones under which this server may be addressed, without port. */
  readonly extraHosts: readonly string[]
  /** Where the state is kept, so that it survives; null keeps it in memory only. */
  readonly stateDir: string | null
  /** Exit when standard input closes: whoever started us is gone. */
  readonly exitWithParent: boolean
  /** Offer the fault switchboard (`/_local/faults`), which tests break calls with. */
  readonly faults: boolean
  /** The lowest port that tasks may listen on; what the system says unless given. See `runtime/low-ports`. */
  readonly lowestPort?: number
}

export const defaultConfig: EmulatorConfig = {
  host: '127.0.0.1',
  port: 4680,
  dnsPort: 0,
  runtime: 'process',
  strict: false,
  defaultAccountId: '000000000000',
  defaultRegion: 'us-east-1',
  operationDelayMs: 300,
  customHealthDelayMs: 1_000,
  endpointCheckIntervalMs: 5_000,
  taskStepMs: 150,
  healthyAfterMs: 2_000,
  startDelayMs: 1_000,
  startDelayMaxMs: 60_000,
  stoppedTaskKeptMs: 3_600_000,
  inactiveServiceKeptMs: 3_600_000,
  proxyDrainMs: 20_000,
  endpointRemovalMs: 5_000,
  extraHosts: [],
  stateDir: null,
  exitWithParent: false,
  faults: false,
}
