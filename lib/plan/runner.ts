import 'server-only'
import type { ActivityFilter, ActivityIntent, ActivityOutcome, ActivityPage } from '@/lib/activity/entry'
import { soloRunId } from '@/lib/activity/solo'
import type { Target } from '@/lib/target/current'
import { readIdentity } from '@/lib/target/identity'
import { type Journal, JournalUnavailable, type RunSummary } from './journal'
import { refusalOfOtherTarget, refusalToWrite } from './may-write'
import type { Plan } from './plan'
import { type RunContext, startContext } from './run/context'
import { startLiveRuns } from './run/live-runs'
import { lookUp } from './run/look-up'
import { next, stepsOf } from './run/next'
import { perform } from './run/perform'
import { type Actor, newRecord, type RunRecord } from './run/record'
import { reduce } from './run/reduce'
import { noSuchRun, nothingToDo, RunRefused, refuse, runUnderWay, unexpected } from './run-refused'
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
  /** Takes back what the run made. */
  undo(id: string, by: Actor): Promise<void>
  /** null: there is none. Steps whose outcome is not known are looked up in the background. */
  read(id: string): Promise<RunNow | null>
  /** The run once it is newer than `version` or rests; null when `signal` ends it, or when there is none. */
  changed(id: string, version: number, signal: AbortSignal): Promise<RunNow | null>
  /** The run when it rests. */
  ended(id: string): Promise<Run>
  /** The run when it rests, or when AWS has taken its last call and only waiting is left. */
  taken(id: string): Promise<Run>
  list(limit: number): Promise<readonly RunSummary[]>
  /**
   * Does something that is no plan, such as a command in a task, and writes it down before and after. Nothing is done when it cannot be
   * written down, or when this target may not be changed now. Throws what `work` throws.
   */
  audited<T>(of: Audited, work: () => Promise<T>): Promise<T>
  /** What was changed, newest first. */
  activity(filter: ActivityFilter): Promise<ActivityPage>
  /** Ends the use of the journal. */
  stop(): Promise<void>
}

/** What is written down of a call that is no plan. */
export type Audited = Pick<ActivityIntent, 'action' | 'command' | 'subject' | 'sentence'> & {
  readonly by: Actor
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

const isUnderWay = ({ run }: RunRecord): boolean => run.state === 'running' || run.state === 'undoing'

const asRefusal = (error: unknown): unknown =>
  error instanceof JournalUnavailable ? refuse(error.code, error.message, error.remedy) : error

export function startRunner(options: RunnerOptions): Runner {
  const { time, pace, lookUpMs, lookAfterChange, makeId } = options
  const live = startLiveRuns()
  /** Runs of this process that could not be written down when they ended. */
  const unsaved = new Map<string, RunRecord>()
  const lookedAtMs = new Map<string, number>()
  let opening: Promise<Journal> | null = null

  async function openAnew(): Promise<Journal> {
    const journal = await options.openJournal()
    for (const id of await journal.abandoned()) {
      if (!(await journal.claim(id))) continue
      const record = await journal.read(id)
      if (record) await journal.save(reduce(record, { type: 'interrupted', atMs: time.now() }))
      await journal.release(id)
    }
    return journal
  }

  /** Gives the journal to `ask`. One that could not be opened is tried again by the next who asks. */
  async function asking<T>(ask: (journal: Journal) => Promise<T>): Promise<T> {
    try {
      const mine = opening ?? openAnew()
      opening = mine
      mine.catch(() => {
        if (opening === mine) opening = null
      })
      return await ask(await mine)
    } catch (error) {
      throw asRefusal(error)
    }
  }

  const known = async (journal: Journal, id: string): Promise<RunRecord | null> =>
    live.get(id) ?? unsaved.get(id) ?? (await journal.read(id))

  const identityNow = async (target: Target) =>
    (await readIdentity(target.clients(), target.settings, time.now())).identity

  /** Works on a run that is taken, until the work is over; keeps what came of it. Never throws. */
  async function holding(
    journal: Journal,
    of: { readonly record: RunRecord; readonly by: Actor },
    work: (context: RunContext) => Promise<void>,
  ): Promise<void> {
    const { id } = of.record.run
    live.show(id, of.record)
    const context = startContext({
      ...of,
      journal,
      reduce,
      target: options.target(),
      time,
      pace,
      lookUpMs,
      lookAfterChange,
      publish: (record) => live.show(id, record),
    })
    try {
      await work(context)
      await context.save()
      unsaved.delete(id)
      await journal.release(id)
    } catch (error) {
      const refused = asRefusal(error)
      if (!(refused instanceof RunRefused)) console.error('a run of a plan failed:', error)
      const told = refused instanceof RunRefused ? refused.refused : unexpected
      if (isUnderWay(context.record())) context.tell({ type: 'halted', atMs: time.now(), error: told })
      // What is not written down stays in memory, where it is still shown and may be retried.
      unsaved.set(id, context.record())
    } finally {
      lookedAtMs.set(id, time.now())
      live.leave(id)
      lookAfterChange()
    }
  }

  const goOn = (journal: Journal, record: RunRecord, by: Actor): Promise<void> =>
    holding(journal, { record, by }, async (context) => {
      for (let todo = next(context.record()); todo.kind !== 'rest'; todo = next(context.record()))
        await perform(context, todo)
    })

  /** Takes a resting run, and gives it to `begin`, which gives back the work to be done in the background; null: none. */
  async function taking(
    journal: Journal,
    id: string,
    begin: (record: RunRecord) => Promise<(() => Promise<void>) | null>,
  ): Promise<void> {
    if (!live.take(id)) throw runUnderWay()
    let work: (() => Promise<void>) | null = null
    try {
      const record = await known(journal, id)
      if (!record) throw noSuchRun()
      if (!(await journal.claim(id))) throw runUnderWay()
      // Read again: another console may have held it until now.
      const now = unsaved.get(id) ?? (await journal.read(id)) ?? record
      work = await begin(isUnderWay(now) ? reduce(now, { type: 'interrupted', atMs: time.now() }) : now)
      if (!work) await journal.release(id)
    } catch (error) {
      if (!(error instanceof RunRefused && error.refused.code === 'RunUnderWay')) await journal.release(id)
      throw error
    } finally {
      if (!work) live.leave(id)
    }
    if (work) void work()
  }

  const resume = (id: string, by: Actor, what: 'retry' | 'undo'): Promise<void> =>
    asking((journal) =>
      taking(journal, id, async (record) => {
        const target = options.target()
        if (!(what === 'retry' ? canRetry(record.run) : canUndo(record.run))) throw nothingToDo(what)
        const refusal =
          (await refusalToWrite(target, time.now())) ??
          refusalOfOtherTarget(record.run.target, await identityNow(target))
        if (refusal) throw new RunRefused(refusal)
        const type = what === 'retry' ? 'retry wanted' : 'undo wanted'
        const ready = reduce(record, { type, atMs: time.now() })
        await journal.save(ready)
        return () => goOn(journal, ready, by)
      }),
    )

  /** Finds out what is not known of a resting run: by reading only. */
  const lookAtUnknown = (journal: Journal, id: string): Promise<void> =>
    taking(journal, id, async (record) => {
      if (refusalOfOtherTarget(record.run.target, await identityNow(options.target()))) return null
      return () =>
        holding(journal, { record, by: record.by }, async (context) => {
          for (const at of stepsOf(record)) if (at.state.state === 'unknown') await lookUp(context, at)
        })
    })

  const wantsLook = (record: RunRecord): boolean =>
    !isUnderWay(record) &&
    record.run.steps.some(({ state }) => state === 'unknown') &&
    !live.isTaken(record.run.id) &&
    time.now() - (lookedAtMs.get(record.run.id) ?? Number.NEGATIVE_INFINITY) > LOOK_AGAIN_MS

  const read = (id: string): Promise<RunNow | null> =>
    asking(async (journal) => {
      const record = await known(journal, id)
      if (record && wantsLook(record)) {
        lookedAtMs.set(id, time.now())
        lookAtUnknown(journal, id).catch((error: unknown) =>
          console.error('looking for a lost answer failed:', error),
        )
      }
      return record && { record, isLive: live.isTaken(id) }
    })

  async function changed(id: string, version: number, signal: AbortSignal): Promise<RunNow | null> {
    while (!signal.aborted) {
      if (!live.isTaken(id)) return read(id)
      const record = live.get(id)
      if (record && record.version > version) return { record, isLive: true }
      await live.news(id, signal)
    }
    return null
  }

  async function until(id: string, isEnough: (now: RunNow) => boolean): Promise<Run> {
    const { signal } = new AbortController()
    for (let version = 0; ; ) {
      const now = await changed(id, version, signal)
      if (!now) throw noSuchRun()
      if (!now.isLive || isEnough(now)) return now.record.run
      version = now.record.version
    }
  }

  return {
    start: ({ intentId, kind, plan, by }) =>
      asking(async (journal) => {
        const target = options.target()
        const refusal = await refusalToWrite(target, time.now())
        if (refusal) throw new RunRefused(refusal)
        const id = makeId()
        const record = newRecord({
          id,
          intentId,
          kind,
          by,
          plan,
          target: await identityNow(target),
          nowMs: time.now(),
        })
        live.take(id)
        const begun = await journal.begin(record).catch((error: unknown) => {
          live.leave(id)
          throw error
        })
        if (begun.begun) void goOn(journal, record, by)
        else live.leave(id)
        return { runId: begun.id }
      }),
    runOfIntent: (intentId) => asking((journal) => journal.runOfIntent(intentId)),
    retry: (id, by) => resume(id, by, 'retry'),
    undo: (id, by) => resume(id, by, 'undo'),
    read,
    changed,
    ended: (id) => until(id, () => false),
    taken: (id) => until(id, ({ record }) => record.memory.every(({ taken }) => taken)),
    list: (limit) => asking((journal) => journal.list(limit)),
    async audited(of, work) {
      const { by, ...what } = of
      const target = options.target()
      const refusal = await refusalToWrite(target, time.now())
      if (refusal) throw new RunRefused(refusal)
      const identity = await identityNow(target)
      const startedAtMs = time.now()
      const intent: ActivityIntent = {
        ...what,
        ...by,
        atMs: startedAtMs,
        runId: soloRunId(makeId()),
        stepId: 'alone',
        accountId: identity.accountId,
        region: identity.region,
        endpointUrl: identity.endpointUrl,
      }
      const seq = await asking((journal) => journal.intendAlone(intent))
      const conclude = (result: ActivityOutcome['result'], errorCode: string | null) =>
        asking((journal) =>
          journal.concludeAlone(seq, intent, {
            atMs: time.now(),
            result,
            requestId: null,
            durationMs: time.now() - startedAtMs,
            errorCode,
          }),
        )
      try {
        const done = await work()
        await conclude('done', null)
        return done
      } catch (error) {
        await conclude('failed', error instanceof Error ? error.name : 'Error')
        throw error
      }
    },
    activity: (filter) => asking((journal) => journal.activity(filter)),
    async stop() {
      const journal = await opening
      opening = null
      await journal?.close()
    },
  }
}
