import type { Clock } from './clock'
import type { MetricStore } from './cloudwatch/store'
import type { EmulatorConfig } from './config'
import type { FaultSwitchboard } from './control/fault-switchboard'
import type { ExecSessions } from './exec/sessions'
import type { Ids } from './ids'
import type { LogStore } from './logs/store'
import type { Runtime } from './runtime/runtime'
import type { Scope } from './scope'
import type { RegionState, Regions } from './state/region'

/** One line a person reads on the local cloud's own output. */
export type Log = (level: 'info' | 'warn' | 'error', message: string) => void

/** What everything in one local cloud shares; built once, in `start`. */
export type Services = {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly regions: Regions
  readonly runtime: Runtime
  /** What containers wrote, as CloudWatch Logs would hold it. */
  readonly logs: LogStore
  /** What was measured, as CloudWatch would hold it. */
  readonly metrics: MetricStore
  /** Sessions that ExecuteCommand granted. */
  readonly exec: ExecSessions
  /** Uniform in [0, 1); decides orders that AWS leaves to chance. */
  readonly random: () => number
  /** What tests want to go wrong in asynchronous operations. */
  readonly faults: Pick<FaultSwitchboard, 'forOperation'>
  /** Tells the scheduler that something of this region changed; returns at once, works soon after. */
  wakeScheduler(scope: Scope): void
}

/** What a handler gets besides its input. */
export type Context = Services & { readonly state: RegionState; readonly scope: Scope }

/**
 * One operation: checked input in, output out, both as they travel (see `Wire`).
 * Synchronous on purpose: everything is checked before anything is changed, so no request changes state half-way.
 * Throws `ApiError`.
 */
export type Operation<Input = never, Output = unknown> = (context: Context, input: Input) => Output
