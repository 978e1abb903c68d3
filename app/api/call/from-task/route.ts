import { peerAddress } from '@/lib/access/peer-address'
import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { isShellOn } from '@/lib/exec/shell-switch'
import { aliasProblem } from '@/lib/probe/from-task/alias-problem'
import { readExecState, worldOfTask } from '@/lib/probe/from-task/console'
import { taskCallSchema } from '@/lib/probe/from-task/request'
import { runFromTask } from '@/lib/probe/from-task/run'
import { readCallRequest } from '@/lib/probe/read-request'
import { currentBudget, findService } from '@/lib/probe/run-console'
import { tripResponse } from '@/lib/probe/trip-response'

/** A session in a task costs as much as this many calls from here. */
const callsPerSession = 20

const noSuchService = () =>
  errorResponse(404, {
    code: 'NoSuchService',
    message: 'The map has no such service now.',
    remedy: 'It may have been deleted; look at the map again.',
  })

/** Whether a command can be run in a task of this service, and what is missing otherwise. */
export const GET = route({ role: 'viewer' }, async (incoming, session) => {
  const found = await readExecState(
    incoming.nextUrl.searchParams.get('from') ?? '',
    session.role === 'operator',
  )
  if (!found) return noSuchService()
  const canOpenShell = isShellOn(process.env) && session.role === 'operator'
  return Response.json({ ...found.state, canOpenShell }, { headers: dataHeaders })
})

/** Makes one call from inside a task by ECS Exec and tells its trip as NDJSON while it happens. */
export const POST = route({ role: 'operator' }, async (incoming, session) => {
  const { request, refusal } = await readCallRequest(incoming, taskCallSchema)
  if (refusal) return errorResponse(refusal.status, refusal)
  const [service, calling] = await Promise.all([
    findService(request.serviceId),
    readExecState(request.from ?? '', session.role === 'operator'),
  ])
  if (!service || !calling) return noSuchService()
  const { state, node } = calling
  if (!state.place)
    return errorResponse(409, {
      code: 'ExecNotPossible',
      message:
        state.missing.map(({ message }) => message).join(' ') ||
        `No command can be run in a task of ${node.name}.`,
      remedy: state.missing[0]?.remedy ?? 'Look at the task’s managed agents.',
    })
  const turn = currentBudget().begin(session.id ?? '', callsPerSession)
  if (turn.refusal) return errorResponse(429, turn.refusal)
  const by = {
    sessionId: session.id,
    role: session.role,
    address: peerAddress((name) => incoming.headers.get(name), process.env),
  }
  const world = await worldOfTask(
    state.place,
    request,
    { caller: node.name, target: service.name },
    by,
    process.env,
  ).catch((error: unknown) => {
    turn.end()
    throw error
  })
  const caller = {
    ...state.place,
    serviceId: node.id,
    serviceName: node.name,
    aliasProblem: aliasProblem(node, service, request.port ?? null),
  }
  return tripResponse(incoming, (signal) => runFromTask(request, service, caller, world, signal), turn.end)
})
