import type { ApiError } from './api-error'

/** An HTTP answer, ready to send. */
export type Answer = {
  readonly status: number
  readonly contentType: string
  readonly body: string
  /** Besides the ones that every answer has. */
  readonly headers?: Readonly<Record<string, string>>
}

const jsonContentType = 'application/x-amz-json-1.1'

/** A successful answer; undefined members are left out and operations without output answer `{}`. */
export const jsonAnswer = (output: unknown): Answer => ({
  status: 200,
  contentType: jsonContentType,
  body: JSON.stringify(output ?? {}),
})

/** `{"__type": code, <messageMember>: text, …modelled members}`; 400 for the caller's errors, 500 for ours. */
export const jsonErrorAnswer = (
  error: Pick<ApiError, 'code' | 'message' | 'members' | 'status'>,
  messageMember: 'message' | 'Message' = 'message',
): Answer => ({
  status: error.status,
  contentType: jsonContentType,
  body: JSON.stringify({ __type: error.code, [messageMember]: error.message, ...error.members }),
})
