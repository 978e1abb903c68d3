import 'server-only'
import type { Journal } from '../journal'
import { asRefusal } from '../journal/in-use'
import { noSuchRun, RunRefused, runUnderWay, unexpected } from '../run-refused'
import { type ContextOptions, type RunContext, startContext } from './context'
import { keepLeft } from './left-behind'
import { startLiveRuns } from './live-runs'
import { next } from './next'
import { perform } from './perform'
import type { Actor, RunRecord } from './record'
import { reduce } from './reduce'

/** Whether something goes on with a run by itself, as far as its record says. */
export const isUnderWay = ({ run }: RunRecord): boolean => run.state === 'running' || run.state === 'undoing'

/** A run, and who wants it now. */
export type Wanted = { readonly record: RunRecord; readonly by: Actor }

export type Workbench = Omit<
  ContextOptions,
  'target' | 'journal' | 'by' | 'record' | 'reduce' | 'publish'
> & {
  readonly target: () => ContextOptions['target']
}

/** The runs of this process: at each of them works one at a time, and what came of it is kept. */
export type RunsAtWork = Pick<ReturnType<typeof startLiveRuns>, 'get' | 'isTaken' | 'news'> & {
  /** The run as this process or the journal knows it; null: there is none. Throws `JournalUnavailable`. */
  known(journal: Journal, id: string): Promise<RunRecord | null>
  /** Keeps a new run and begins it in the background; gives the id of the one that its intent has. Throws `JournalUnavailable`. */
  begin(journal: Journal, of: Wanted): Promise<string>
  /**
   * Takes a resting run, and gives it to `choose`, which gives back the work to be done in the background; null: none. Throws `RunRefused`,
   * `JournalUnavailable`, and what `choose` throws.
   */
  take(
    journal: Journal,
    id: string,
    choose: (record: RunRecord) => Promise<(() => Promise<void>) | null>,
  ): Promise<void>
  /** Does one thing after the other until the run rests; it must be taken. Never throws. */
  goOn(journal: Journal, of: Wanted): Promise<void>
  /** Works at a run that is taken and leaves it. Never throws. */
  hold(journal: Journal, of: Wanted, work: (context: RunContext) => Promise<void>): Promise<void>
  /** Somebody looks at a run now, or looked at it when work at it ended; epoch milliseconds, null: never. */
  lookedAtMs(id: string): number | null
  looking(id: string): void
}

export function startWork(bench: Workbench): RunsAtWork {
  const { target, lookAfterChange, time } = bench
  const live = startLiveRuns()
  /** Runs of this process that could not be written down when they ended. */
  const unsaved = new Map<string, RunRecord>()
  const looked = new Map<string, number>()
  const looking = (id: string) => void looked.set(id, time.now())

  const hold: RunsAtWork['hold'] = async (journal, of, work) => {
    const { id } = of.record.run
    live.show(id, of.record)
    const context = startContext({
      ...bench,
      ...of,
      journal,
      reduce,
      target: target(),
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
      looking(id)
      live.leave(id)
      lookAfterChange()
    }
  }

  const goOn: RunsAtWork['goOn'] = (journal, of) =>
    hold(journal, of, async (context) => {
      for (let todo = next(context.record()); todo.kind !== 'rest'; todo = next(context.record()))
        await perform(context, todo)
      await keepLeft(context)
    })

  const known = async (journal: Journal, id: string) =>
    live.get(id) ?? unsaved.get(id) ?? (await journal.read(id))

  return {
    get: live.get,
    isTaken: live.isTaken,
    news: live.news,
    known,
    async begin(journal, of) {
      const { id } = of.record.run
      live.take(id)
      const begun = await journal.begin(of.record).catch((error: unknown) => {
        live.leave(id)
        throw error
      })
      if (begun.begun) void goOn(journal, of)
      else live.leave(id)
      return begun.id
    },
    async take(journal, id, choose) {
      if (!live.take(id)) throw runUnderWay()
      let work: (() => Promise<void>) | null = null
      try {
        const record = await known(journal, id)
        if (!record) throw noSuchRun()
        if (!(await journal.claim(id))) throw runUnderWay()
        // Read again: another console may have held it until now.
        const now = unsaved.get(id) ?? (await journal.read(id)) ?? record
        work = await choose(isUnderWay(now) ? reduce(now, { type: 'interrupted', atMs: time.now() }) : now)
        if (!work) await journal.release(id)
      } catch (error) {
        if (!(error instanceof RunRefused && error.refused.code === 'RunUnderWay')) await journal.release(id)
        throw error
      } finally {
        if (!work) live.leave(id)
      }
      if (work) void work()
    },
    goOn,
    hold,
    looking,
    lookedAtMs: (id) => looked.get(id) ?? null,
  }
}
