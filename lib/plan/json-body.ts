import 'server-only'
import { errorResponse } from '@/lib/access/route'
import { isTooDeep, MOST_BYTES, MOST_DEPTH } from './parse-json'

async function readLimited(body: ReadableStream<Uint8Array> | null): Promise<string | null> {
  if (!body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    // The text of a plan is quoted once more on its way.
    if (bytes > 2 * MOST_BYTES) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

const refuse = (status: number, code: string, message: string) =>
  errorResponse(status, { code, message, remedy: 'Nothing was done. Correct the request and send it again.' })

/** The JSON of a request, or the answer that refuses it. */
export async function readJsonBody(
  request: Request,
): Promise<{ readonly value: unknown } | { readonly refusal: Response }> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json')
    return { refusal: refuse(415, 'NotJson', 'The request is not JSON: its Content-Type says otherwise.') }
  const text = await readLimited(request.body)
  if (text === null) return { refusal: refuse(413, 'TooLarge', 'The request has more than 2 MiB.') }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { refusal: refuse(400, 'NotJson', 'The body is not JSON.') }
  }
  return isTooDeep(value)
    ? { refusal: refuse(400, 'TooDeep', `The JSON nests deeper than ${MOST_DEPTH} levels.`) }
    : { value }
}
