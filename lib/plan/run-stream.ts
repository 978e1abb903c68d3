import 'server-only'
import { encodeEvent, heartbeat, retryIn } from '@/lib/feed/sse'
import type { Run } from './run-state'
import type { RunNow, Runner } from './runner'

const HEARTBEAT_MS = 15_000
const COME_BACK_MS = 1_000

const eventId = ({ record }: RunNow) => `${record.run.id}.${record.version}`

const isOver = ({ isLive }: RunNow) => !isLive

/** Whether a browser that comes back with this id has seen the end already. */
export const hasSeenEnd = (now: RunNow, lastEventId: string | null): boolean =>
  isOver(now) && lastEventId === eventId(now)

/**
 * A run as server-sent events: the whole run as `run`, again at every change, with its version as id. Who reads slowly gets the newest and
 * misses those in between. Ends after the run has come to rest.
 */
export function streamRun(of: {
  readonly runner: Pick<Runner, 'changed'>
  readonly first: RunNow
  readonly show: (run: Run) => unknown
  readonly signal: AbortSignal
}): ReadableStream<Uint8Array> {
  const { runner, first, show } = of
  const id = first.record.run.id
  const left = new AbortController()
  const signal = AbortSignal.any([of.signal, left.signal])
  let sent: RunNow | null = null

  async function nextChunk(): Promise<Uint8Array | null> {
    if (sent && isOver(sent)) return null
    const pause = AbortSignal.any([signal, AbortSignal.timeout(HEARTBEAT_MS)])
    const now = sent ? await runner.changed(id, sent.record.version, pause) : first
    if (signal.aborted) return null
    if (!now) return heartbeat
    sent = now
    return encodeEvent('run', show(now.record.run), eventId(now))
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(retryIn(COME_BACK_MS))
      },
      async pull(controller) {
        const chunk = await nextChunk()
        if (chunk) controller.enqueue(chunk)
        else controller.close()
      },
      cancel() {
        left.abort()
      },
    },
    { highWaterMark: 2 },
  )
}
