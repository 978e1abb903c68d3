import { route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { currentRunner } from '@/lib/plan/current-runner'
import { lookedUp } from '@/lib/plan/looked-up'
import { runFor } from '@/lib/plan/run-for'
import { noSuchRun, orRefusal } from '@/lib/plan/run-response'
import { hasSeenEnd, streamRun } from '@/lib/plan/run-stream'

/** One run by `id` as server-sent events, until it rests. Viewers see no environment values. */
export const GET = route({ role: 'viewer' }, (request, session) =>
  orRefusal(async () => {
    const { signal } = request
    const runner = currentRunner()
    const first = await lookedUp(runner, request.nextUrl.searchParams.get('id') ?? '', signal)
    if (!first) return noSuchRun()
    // 204 tells a browser not to come back (HTML standard, server-sent events).
    if (hasSeenEnd(first, request.headers.get('last-event-id')))
      return new Response(null, { status: 204, headers: dataHeaders })
    return new Response(streamRun({ runner, first, signal, show: (run) => runFor(session.role, run) }), {
      headers: {
        ...dataHeaders,
        'Content-Type': 'text/event-stream; charset=utf-8',
        // nginx would hold the events back.
        'X-Accel-Buffering': 'no',
      },
    })
  }),
)
