import 'server-only'
import { errorResponse } from '@/lib/access/route'
import { RunRefused } from './run-refused'

const statuses: Readonly<Record<string, number>> = { NoSuchRun: 404, NoAudit: 503 }

/** Answers with what `answer` makes, or with why the runner refused. */
export async function orRefusal(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof RunRefused)) throw error
    return errorResponse(statuses[error.refused.code] ?? 409, error.refused)
  }
}

export const noSuchRun = () =>
  errorResponse(404, {
    code: 'NoSuchRun',
    message: 'There is no such run.',
    remedy: 'Look at the list of runs; it may be of another console.',
  })
