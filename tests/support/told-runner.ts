import type { RunNow } from '@/lib/plan/runner'
import { recordWith } from './run-records'

/** A run as readers see it, of this version. */
export const runNow = (
  version: number,
  isLive: boolean,
  state: RunNow['record']['run']['state'],
): RunNow => ({
  record: { ...recordWith({}, { state }), version },
  isLive,
})

type Reader = {
  read(id: string): Promise<RunNow | null>
  changed(id: string, version: number, signal: AbortSignal): Promise<RunNow | null>
}

/** What reads a run whose news come in this order; after the last, nothing happens until the reader has enough. */
export function tellingReader(
  first: RunNow | null,
  news: readonly RunNow[],
): Reader & { asked(): readonly number[] } {
  const left = [...news]
  const asked: number[] = []
  return {
    asked: () => asked,
    read: async () => first,
    async changed(_id, version, signal) {
      asked.push(version)
      const next = left.shift()
      if (next) return next
      if (!signal.aborted)
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      return null
    },
  }
}
