import 'server-only'
import type { ZodType } from 'zod'
import { callRequestSchema } from './request'
import type { CallRequest } from './trip'

/** A request is a few hundred bytes; more is no request. */
const maxRequestBytes = 16 * 1024

/** Why a request body was not taken, as an HTTP status and words. */
export type BodyRefusal = {
  readonly status: 400 | 413 | 415
  readonly code: string
  readonly message: string
  readonly remedy: string
}

export type ReadRequest =
  | { readonly refusal: BodyRefusal; readonly request: null }
  | { readonly refusal: null; readonly request: CallRequest }

const refuse = (
  status: BodyRefusal['status'],
  code: string,
  message: string,
  remedy: string,
): ReadRequest => ({
  refusal: { status, code, message, remedy },
  request: null,
})

/** The body as text, or null as soon as it is longer than the limit. */
const readLimited = async (body: ReadableStream<Uint8Array> | null): Promise<string | null> => {
  if (!body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > maxRequestBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Reads and checks the body of `POST /api/call`, or of another way to call with a schema of its own. */
export const readCallRequest = async (
  incoming: Request,
  schema: ZodType<CallRequest> = callRequestSchema,
): Promise<ReadRequest> => {
  const type = incoming.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json')
    return refuse(415, 'NotJson', 'A call is asked for in JSON.', 'Send Content-Type: application/json.')
  const text = await readLimited(incoming.body)
  if (text === null)
    return refuse(413, 'TooLarge', `A request has at most ${maxRequestBytes} bytes.`, 'Send a shorter path.')
  const parsed = parse(text)
  if (parsed === undefined) return refuse(400, 'NotJson', 'The body is not JSON.', 'Send one JSON object.')
  const checked = schema.safeParse(parsed)
  if (checked.success) return { refusal: null, request: checked.data }
  const [issue] = checked.error.issues
  const where = issue?.path.join('.') || 'request'
  return refuse(400, 'InvalidCall', `${where}: ${issue?.message ?? 'not valid'}`, 'Change it and call again.')
}
