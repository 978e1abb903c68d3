import { peerAddress } from '@/lib/access/peer-address'
import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { ExecError } from '@/lib/exec/exec-error'
import { currentShells, openShell } from '@/lib/exec/shell-console'
import { openShellSchema } from '@/lib/exec/shell-request'
import { readBody, refusalWhileOff } from '@/lib/exec/shell-response'
import { readExecState } from '@/lib/probe/from-task/console'

/** Opens a shell in a task of a service. */
export const POST = route({ role: 'operator' }, async (request, session) => {
  const off = refusalWhileOff(process.env)
  if (off) return off
  const read = await readBody(request, openShellSchema)
  if (read instanceof Response) return read
  const found = await readExecState(read.body.from, session.role === 'operator')
  if (!found?.state.place)
    return errorResponse(409, {
      code: 'ExecNotPossible',
      message:
        found?.state.missing.map(({ message }) => message).join(' ') ?? 'The map has no such service now.',
      remedy: found?.state.missing[0]?.remedy ?? 'Look at the map again.',
    })
  const full = currentShells().refusal(session.id ?? '')
  if (full)
    return errorResponse(429, { code: 'TooManyShells', message: full, remedy: 'Close one, then try again.' })
  const { place } = found.state
  const by = {
    sessionId: session.id,
    role: session.role,
    address: peerAddress((name) => request.headers.get(name), process.env),
  }
  try {
    const id = await openShell(place, found.node.name, by)
    return Response.json({ id, place }, { headers: dataHeaders })
  } catch (error) {
    if (error instanceof ExecError)
      return errorResponse(502, {
        code: 'ExecFailed',
        message: error.message,
        remedy: 'Check the agent, the task role and the way to ssmmessages.',
      })
    throw error
  }
})
