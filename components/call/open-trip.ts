import { fromByteStream } from '@/lib/probe/ndjson'
import type { CallRequest, TripEvent } from '@/lib/probe/trip'
import { isTripEvent, type TripProblem } from '@/lib/probe/trip-state'

/** The console said no, or could not be asked. */
export class TripError extends Error {
  readonly problem: TripProblem

  constructor(problem: TripProblem) {
    super(problem.message)
    this.name = 'TripError'
    this.problem = problem
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'This call cannot be made',
  401: 'Your session has ended',
  403: 'Not allowed',
  404: 'Not on the map',
  409: 'No command can be run in its task',
  421: 'Wrong address of the console',
  429: 'Too many calls at once',
}

const textOf = (value: object, key: string): string | null => {
  const text: unknown = Reflect.get(value, key)
  return typeof text === 'string' && text !== '' ? text : null
}

/** `{ error: { code, message, remedy } }`, as every route of the console answers what it refuses. */
const readProblem = async (response: Response): Promise<TripProblem> => {
  const title = titles[response.status] ?? 'The console failed'
  const fallback = {
    title,
    message: `It answered ${response.status}.`,
    remedy: 'Reload the page and try again.',
  }
  const parsed: unknown = await response.json().catch(() => null)
  if (typeof parsed !== 'object' || parsed === null || !('error' in parsed)) return fallback
  const { error } = parsed
  if (typeof error === 'string') return { ...fallback, message: error }
  if (typeof error !== 'object' || error === null) return fallback
  return {
    title,
    message: textOf(error, 'message') ?? fallback.message,
    remedy: textOf(error, 'remedy') ?? textOf(error, 'next') ?? fallback.remedy,
  }
}

/** Asks the console to make calls, and tells them as they happen. Throws `TripError`, or the reason of `signal`. */
export async function* openTrip(request: CallRequest, signal: AbortSignal): AsyncGenerator<TripEvent> {
  const response = await fetch(request.from === undefined ? '/api/call' : '/api/call/from-task', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
    body: JSON.stringify(request),
    cache: 'no-store',
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted()
    throw new TripError({
      title: 'The console does not answer',
      message: error instanceof Error ? error.message : String(error),
      remedy: 'Check that npm start still runs, then call again.',
    })
  })
  if (!response.ok || !response.body) throw new TripError(await readProblem(response))
  for await (const value of fromByteStream(response.body)) if (isTripEvent(value)) yield value
}
