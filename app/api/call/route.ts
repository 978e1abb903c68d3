import { errorResponse, route } from '@/lib/access/route'
import { readCallRequest } from '@/lib/probe/read-request'
import { run } from '@/lib/probe/run'
import { currentBudget, findService, mayCall, worldOfConsole } from '@/lib/probe/run-console'
import { tripResponse } from '@/lib/probe/trip-response'

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
  return tripResponse(incoming, (signal) => run(request, service, world, signal), turn.end)
})
