import { route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { currentFeed } from '@/lib/feed/feed'

/** The map as server-sent events: a snapshot, then patches; `Last-Event-ID` resumes after a cut. */
export const GET = route({ role: 'viewer' }, (request) => {
  const stream = currentFeed().connect(request.headers.get('last-event-id'))
  return new Response(stream, {
    headers: {
      ...dataHeaders,
      'Content-Type': 'text/event-stream; charset=utf-8',
      // nginx would hold the events back.
      'X-Accel-Buffering': 'no',
    },
  })
})
