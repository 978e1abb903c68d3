import 'server-only'
import { dataHeaders } from '@/lib/access/security-headers'
import { toByteStream } from './ndjson'
import type { TripEvent } from './trip'

/** A reader that stays connected and reads nothing must not keep a place for ever. */
const maxRunMs = 15 * 60_000

/**
 * A run as NDJSON while it happens. It is stopped when the reader goes or when it takes too long; `onEnd` is called once in every case.
 */
export function tripResponse(
  incoming: Request,
  begin: (signal: AbortSignal) => AsyncIterable<TripEvent>,
  onEnd: () => void,
): Response {
  const stop = new AbortController()
  const leave = () => stop.abort(new Error('The reader has gone.'))
  if (incoming.signal.aborted) leave()
  else incoming.signal.addEventListener('abort', leave, { once: true })
  const tooLong = setTimeout(() => {
    stop.abort(new Error('The run took too long.'))
    // Nobody pulls any more, so the stream would never say that it has ended.
    onEnd()
  }, maxRunMs)
  const stream = toByteStream(begin(stop.signal), (end) => {
    const wanted = stop.signal.aborted
    clearTimeout(tooLong)
    onEnd()
    leave()
    incoming.signal.removeEventListener('abort', leave)
    if (end.kind === 'failed' && !wanted) console.error('a run of calls failed:', end.error)
  })
  return new Response(stream, {
    headers: {
      ...dataHeaders,
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      // nginx would hold the lines back.
      'X-Accel-Buffering': 'no',
    },
  })
}
