import type { ActivityFilter, ActivityIntent, ActivityOutcome, ActivityPage } from '../activity/entry'
import type { RunRecord } from './run/record'
import type { RunState } from './run-state'

/** A run in a list. */
export type RunSummary = {
  readonly id: string
  readonly title: string
  /** What was wanted: a kind of change, or `imported-plan`. */
  readonly kind: string
  readonly state: RunState
  readonly startedAtMs: number
  readonly finishedAtMs: number | null
  readonly stepsDone: number
  readonly steps: number
  readonly accountId: string | null
  readonly region: string
  /** null: AWS's own endpoints. */
  readonly endpointUrl: string | null
}

/** Nothing can be written down now, so nothing may be changed. */
export class JournalUnavailable extends Error {
  override readonly name = 'JournalUnavailable'
  readonly code = 'NoAudit'
  readonly remedy: string

  constructor(folder: string, cause: unknown) {
    const told = cause instanceof Error ? cause.message : String(cause)
    super(
      `What is changed cannot be written down in ${folder} (${told}), and nothing is changed without that.`,
      {
        cause,
      },
    )
    this.remedy = `Make room and allow writing in ${folder}, or name another folder in SWITCHBOARD_STATE_DIR; nothing was sent.`
  }
}

/**
 * What outlives the console: every run with all that is needed to go on with it, and the audit. Everything throws `JournalUnavailable`
 * when the folder cannot be used.
 */
export type Journal = {
  /** Keeps a new run that this process holds. Only the first one of an intent is kept; the answer is the id of that one. */
  begin(record: RunRecord): Promise<{ readonly begun: boolean; readonly id: string }>
  save(record: RunRecord): Promise<void>
  /** In one write: the run as it is before a call, and what is intended. Gives the intent's number. */
  intend(record: RunRecord, intent: ActivityIntent): Promise<number>
  /** In one write: the run after a call, and what came of it. */
  conclude(record: RunRecord, intentSeq: number, stepId: string, outcome: ActivityOutcome): Promise<void>
  /** As `conclude`, for an intent whose number is not known any more; without such an intent the run alone is kept. */
  concludeOpen(record: RunRecord, stepId: string, outcome: ActivityOutcome): Promise<void>
  /** Writes down a call that belongs to no run, before it is made. Gives the intent's number. */
  intendAlone(intent: ActivityIntent): Promise<number>
  /** What came of it. */
  concludeAlone(intentSeq: number, intent: ActivityIntent, outcome: ActivityOutcome): Promise<void>
  read(id: string): Promise<RunRecord | null>
  /** The run of an intent; null: nobody wanted that yet. */
  runOfIntent(intentId: string): Promise<string | null>
  /** Newest first. */
  list(limit: number): Promise<readonly RunSummary[]>
  /** Takes a run for this process; false: another console that lives holds it. */
  claim(id: string): Promise<boolean>
  release(id: string): Promise<void>
  /** Runs under way whose console is gone. */
  abandoned(): Promise<readonly string[]>
  activity(filter: ActivityFilter): Promise<ActivityPage>
  /** The number of the first row of the audit that was tampered with; null: none. */
  verifyActivity(): Promise<number | null>
  close(): Promise<void>
}
