import 'server-only'
import { type Journal, JournalUnavailable } from '../journal'
import { reduce } from '../run/reduce'
import { refuse } from '../run-refused'

/** A journal that is opened at its first use. */
export type JournalInUse = {
  /** Gives the journal to `ask`; one that could not be opened is tried again by the next who asks. Throws `RunRefused` for a journal that cannot be used. */
  ask<T>(ask: (journal: Journal) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A journal that cannot be used, as the reason why nothing is done; any other error as it is. */
export const asRefusal = (error: unknown): unknown =>
  error instanceof JournalUnavailable ? refuse(error.code, error.message, error.remedy) : error

/** Opened, it brings to rest the runs of consoles that are gone. `now`: epoch milliseconds. */
export function startJournal(open: () => Promise<Journal>, now: () => number): JournalInUse {
  let opening: Promise<Journal> | null = null

  async function openAnew(): Promise<Journal> {
    const journal = await open()
    for (const id of await journal.abandoned()) {
      if (!(await journal.claim(id))) continue
      const record = await journal.read(id)
      if (record) await journal.save(reduce(record, { type: 'interrupted', atMs: now() }))
      await journal.release(id)
    }
    return journal
  }

  return {
    async ask(ask) {
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
    },
    async close() {
      const journal = await opening
      opening = null
      await journal?.close()
    },
  }
}
