import 'server-only'
import type { ActivityIntent, ActivityOutcome } from '@/lib/activity/entry'
import type { Target } from '@/lib/target/current'
import type { Journal } from '../journal'
import type { Pace, WaitTime } from '../waits/until'
import type { RunEvent } from './event'
import type { Actor, RunRecord } from './record'

/** One go at a run: from a click (run, retry, undo) until it rests. Holds the record and writes it down. */
export type RunContext = {
  readonly target: Target
  readonly time: WaitTime
  readonly pace: Pace
  /** How long a lost answer is looked for. */
  readonly lookUpMs: number
  record(): RunRecord
  /** Something happened: the record changes, and who watches is told. */
  tell(event: RunEvent): RunRecord
  save(): Promise<void>
  /** Writes down that `event` comes, then lets it come. Nothing may be sent before this is done. */
  intend(
    event: RunEvent,
    intent: Pick<ActivityIntent, 'stepId' | 'command' | 'subject' | 'sentence' | 'action'>,
  ): Promise<number>
  conclude(intentSeq: number, stepId: string, outcome: ActivityOutcome): Promise<void>
  concludeOpen(stepId: string, outcome: ActivityOutcome): Promise<void>
  /** Something may have changed in AWS: the map looks at once. */
  lookAfterChange(): void
}

export type ContextOptions = Pick<RunContext, 'target' | 'time' | 'pace' | 'lookUpMs' | 'lookAfterChange'> & {
  readonly journal: Journal
  readonly by: Actor
  readonly record: RunRecord
  readonly reduce: (record: RunRecord, event: RunEvent) => RunRecord
  readonly publish: (record: RunRecord) => void
}

export function startContext(options: ContextOptions): RunContext {
  const { journal, by, reduce, publish, target, time, pace, lookUpMs, lookAfterChange } = options
  let record = options.record
  const become = (next: RunRecord) => {
    if (next === record) return
    record = next
    publish(record)
  }
  return {
    target,
    time,
    pace,
    lookUpMs,
    lookAfterChange,
    record: () => record,
    tell(event) {
      become(reduce(record, event))
      return record
    },
    save: () => journal.save(record),
    async intend(event, intent) {
      const next = reduce(record, event)
      const { id, target: of } = record.run
      const seq = await journal.intend(next, {
        ...intent,
        ...by,
        atMs: event.atMs,
        runId: id,
        accountId: of.accountId,
        region: of.region,
        endpointUrl: of.endpointUrl,
      })
      become(next)
      return seq
    },
    conclude: (intentSeq, stepId, outcome) => journal.conclude(record, intentSeq, stepId, outcome),
    concludeOpen: (stepId, outcome) => journal.concludeOpen(record, stepId, outcome),
  }
}
