import type { Answer } from '../wire/answer'
import { jsonErrorAnswer } from '../wire/answer'
import { ApiError } from '../wire/api-error'

/** Our own JSON, not AWS's. */
export const plainJson = (status: number, value: unknown): Answer => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(value),
})

export const notAllowed = (method: string, allowed: string): Answer =>
  jsonErrorAnswer(
    new ApiError('MethodNotAllowed', `Use ${allowed} here, not ${method.slice(0, 20)}.`, {}, 405),
  )
