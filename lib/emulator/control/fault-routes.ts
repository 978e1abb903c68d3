import type { Answer } from '../wire/answer'
import { jsonErrorAnswer } from '../wire/answer'
import { ApiError } from '../wire/api-error'
import type { FaultCount } from './fault'
import type { FaultSwitchboard } from './fault-switchboard'
import { plainJson } from './json-answers'
import { FaultMistake, parseFault } from './parse-fault'

const show = ({ fault, seen, hit }: FaultCount) => ({ ...fault, seen, hit })

const refuse = (code: string, message: string, status: number): Answer =>
  jsonErrorAnswer(new ApiError(code, message, {}, status))

/** `/_local/faults` and `/_local/faults/ID`; see `Fault`. Undefined for any other path. */
export function answerFaults(
  switchboard: FaultSwitchboard,
  makeId: () => string,
  request: {
    readonly method: string
    readonly path: string
    readonly contentType: string | undefined
    readonly body: string
  },
): Answer | undefined {
  const { method, path } = request
  const id = /^\/_local\/faults\/([A-Za-z0-9-]{1,64})$/.exec(path)?.[1]
  if (path !== '/_local/faults' && id === undefined) return undefined
  if (method === 'DELETE') {
    return switchboard.clear(id)
      ? plainJson(200, { faults: switchboard.list().map(show) })
      : refuse('NotFound', `There is no fault ${id}.`, 404)
  }
  if (id !== undefined) return refuse('MethodNotAllowed', 'Use DELETE here.', 405)
  if (method === 'GET') return plainJson(200, { faults: switchboard.list().map(show) })
  if (method !== 'POST') return refuse('MethodNotAllowed', 'Use GET, POST or DELETE here.', 405)
  // No page of another origin may send this content type without asking first, and nobody answers its question.
  if (request.contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    return refuse(
      'UnsupportedMediaType',
      "Send the fault with the header 'Content-Type: application/json' (curl: -H).",
      415,
    )
  }
  try {
    return plainJson(201, show(switchboard.add(parseFault(request.body, makeId()))))
  } catch (error) {
    if (error instanceof FaultMistake) return refuse('InvalidFault', error.message, 400)
    if (error instanceof RangeError) return refuse('TooManyFaults', error.message, 400)
    throw error
  }
}
