import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { toByteStream } from '@/lib/probe/ndjson'
import { readCallRequest } from '@/lib/probe/read-request'
import { run } from '@/lib/probe/run'
import { currentBudget, findService, mayCall, worldOfConsole } from '@/lib/probe/run-console'

/** A reader that stays connected and reads nothing must not keep a place for ever. */
const maxRunMs = 15 * 60_000

/** Makes calls to a service of the map and tells them as NDJSON while they happen; ends when the reader goes. */
export const POST = route({ role: 'viewer' }, async (incoming, session) => {
  const { request, refusal } = await readCallRequest(incoming)
  if (refusal) return errorResponse(refusal.status, refusal)
  if (!mayCall(session.role, request))
    return errorResponse(403, {
      code: 'MethodNotAllowedForViewer',
      message: `${request.method} may change something in the service, and this session only looks.`,
      remedy: 'Use GET or HEAD, or start the console without --read-only.',
    })
  const service = await findService(request.serviceId)
  if (!service)
    return errorResponse(404, {
      code: 'NoSuchService',
      message: 'The map has no such service now.',
      remedy: 'It may have been deleted; look at the map again.',
    })
  const world = await worldOfConsole(process.env)
  const turn = currentBudget().begin(session.id ?? '', request.count)
  if (turn.refusal) return errorResponse(429, turn.refusal)

  const stop = new AbortController()
  const leave = () => stop.abort(new Error('The reader has gone.'))
  if (incoming.signal.aborted) leave()
  else incoming.signal.addEventListener('abort', leave, { once: true })
  const tooLong = setTimeout(() => {
    stop.abort(new Error('The run took too long.'))
    // Nobody pulls any more, so the stream would never say that it has ended.
    turn.end()
  }, maxRunMs)
  const stream = toByteStream(run(request, service, world, stop.signal), (end) => {
    const wanted = stop.signal.aborted
    clearTimeout(tooLong)
    turn.end()
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
})
