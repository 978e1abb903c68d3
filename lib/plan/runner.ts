import 'server-only'
import type { ActivityFilter, ActivityPage } from '@/lib/activity/entry'
import type { Target } from '@/lib/target/current'
import { readIdentity } from '@/lib/target/identity'
import type { Journal, RunSummary } from './journal'
import { startJournal } from './journal/in-use'
import { refusalToWrite } from './may-write'
import { orRefused } from './or-refused'
import { refusalOfOtherTarget } from './other-target'
import type { Plan } from './plan'
import { type Audited, doAudited, type NoteRequest } from './run/audited'
import { refusalOfChanges } from './run/left-behind'
import { lookUp } from './run/look-up'
import { stepsOf } from './run/next'
import { type Actor, newRecord, type RunRecord } from './run/record'
import { reduce } from './run/reduce'
import { isUnderWay, startWork } from './run/runs-at-work'
import { noSuchRun, nothingToDo, RunRefused } from './run-refused'
import { canRetry, canUndo, type Run } from './run-state'
import type { Pace, WaitTime } from './waits/until'

/** A run as it is now. `isLive`: it may change by itself, so there is something to wait for. */
export type RunNow = { readonly record: RunRecord; readonly isLive: boolean }

/** Runs plans: the one place that changes AWS. One per process. Everything throws `RunRefused` when it cannot be done. */
export type Runner = {
  /** Keeps the run and begins it in the background. The same intent gives the run that it has already. */
  start(of: {
    readonly intentId: string
    readonly kind: string
    readonly plan: Plan
    readonly by: Actor
  }): Promise<{ readonly runId: string }>
  /** The run that an intent has already; null: none. */
  runOfIntent(intentId: string): Promise<string | null>
  /** Goes on at the first step that is not done. */
  retry(id: string, by: Actor): Promise<void>
  /** Takes back what the run made. Refused with `ChangedSince` when something of that was changed since, unless `goOver`. */
  undo(id: string, by: Actor, goOver: boolean): Promise<void>
  /** null: there is none. Steps whose outcome is not known are looked up in the background. */
  read(id: string): Promise<RunNow | null>
  /** The run once it is newer than `version` or rests; null when `signal` ends it, or when there is none. */
  changed(id: string, version: number, signal: AbortSignal): Promise<RunNow | null>
  /** The run when it rests. */
  ended(id: string): Promise<Run>
  list(limit: number): Promise<readonly RunSummary[]>
  /**
   * Does something that is no plan, such as a command in a task, and writes it down before and after. Nothing is done when it cannot be
   * written down, or when this target may not be changed now. Throws what `work` throws.
   */
  audited<T>(of: Audited, work: (note: NoteRequest) => Promise<T>): Promise<T>
  /** What was changed, newest first. */
  activity(filter: ActivityFilter): Promise<ActivityPage>
  /** Ends the use of the journal. */
  stop(): Promise<void>
}

export type RunnerOptions = {
  /** Opened at the first use. */
  readonly openJournal: () => Promise<Journal>
  readonly target: () => Target
  readonly lookAfterChange: () => void
  readonly time: WaitTime
  readonly pace: Pace
  /** How long a lost answer is looked for. */
  readonly lookUpMs: number
  readonly makeId: () => string
}

/** A run is looked at again for lost answers no more often than this. */
const LOOK_AGAIN_MS = 5_000

export function startRunner(options: RunnerOptions): Runner {
  const { time, target, makeId } = options
  const { now } = time
  const journal = startJournal(options.openJournal, now)
  const runs = startWork(options)

  const identityOf = async (one: Target) => (await readIdentity(one.clients(), one.settings, now())).identity

  /** The target's identity. Throws `RunRefused` when it may not be changed now. */
  async function identityToWrite() {
    const one = target()
    const refusal = await refusalToWrite(one, now())
    if (refusal) throw new RunRefused(refusal)
    return identityOf(one)
  }

  const resume = (id: string, by: Actor, what: 'retry' | 'undo', goOver: boolean): Promise<void> =>
    journal.ask((open) =>
      runs.take(open, id, async (record) => {
        if (!(what === 'retry' ? canRetry(record.run) : canUndo(record.run))) throw nothingToDo(what)
        const refusal = refusalOfOtherTarget(record.run.target, await identityToWrite())
        if (refusal) throw new RunRefused(refusal)
        const changed =
          what === 'retry' || goOver
            ? null
            : await orRefused('reading what the run left behind', () =>
                refusalOfChanges(target().clients(), record),
              )
        if (changed) throw changed
        const type = what === 'retry' ? 'retry wanted' : 'undo wanted'
        const ready = reduce(record, { type, atMs: now() })
        await open.save(ready)
        return () => runs.goOn(open, { record: ready, by })
      }),
    )

  /** Finds out what is not known of a resting run: by reading only. */
  const lookAtUnknown = (open: Journal, id: string): Promise<void> =>
    runs.take(open, id, async (record) => {
      if (refusalOfOtherTarget(record.run.target, await identityOf(target()))) return null
      return () =>
        runs.hold(open, { record, by: record.by }, async (context) => {
          for (const at of stepsOf(record)) if (at.state.state === 'unknown') await lookUp(context, at)
        })
    })

  const wantsLook = (record: RunRecord): boolean =>
    !isUnderWay(record) &&
    record.run.steps.some(({ state }) => state === 'unknown') &&
    !runs.isTaken(record.run.id) &&
    now() - (runs.lookedAtMs(record.run.id) ?? Number.NEGATIVE_INFINITY) > LOOK_AGAIN_MS

  const read = (id: string): Promise<RunNow | null> =>
    journal.ask(async (open) => {
      const record = await runs.known(open, id)
      if (record && wantsLook(record)) {
        runs.looking(id)
        lookAtUnknown(open, id).catch((error: unknown) =>
          console.error('looking for a lost answer failed:', error),
        )
      }
      return record && { record, isLive: runs.isTaken(id) }
    })

  async function changed(id: string, version: number, signal: AbortSignal): Promise<RunNow | null> {
    while (!signal.aborted) {
      if (!runs.isTaken(id)) return read(id)
      const record = runs.get(id)
      if (record && record.version > version) return { record, isLive: true }
      await runs.news(id, signal)
    }
    return null
  }

  async function ended(id: string): Promise<Run> {
    const { signal } = new AbortController()
    for (let version = 0; ; ) {
      const seen = await changed(id, version, signal)
      if (!seen) throw noSuchRun()
      if (!seen.isLive) return seen.record.run
      version = seen.record.version
    }
  }

  return {
    start: ({ intentId, kind, plan, by }) =>
      journal.ask(async (open) => {
        const identity = await identityToWrite()
        const id = makeId()
        const record = newRecord({ id, intentId, kind, by, plan, target: identity, nowMs: now() })
        return { runId: await runs.begin(open, { record, by }) }
      }),
    runOfIntent: (intentId) => journal.ask((open) => open.runOfIntent(intentId)),
    retry: (id, by) => resume(id, by, 'retry', false),
    undo: (id, by, goOver) => resume(id, by, 'undo', goOver),
    read,
    changed,
    ended,
    list: (limit) => journal.ask((open) => open.list(limit)),
    audited: async (of, work) =>
      doAudited(journal, { ...of, id: makeId(), target: await identityToWrite() }, now, work),
    activity: (filter) => journal.ask((open) => open.activity(filter)),
    stop: journal.close,
  }
}
