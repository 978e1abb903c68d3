import 'server-only'
import type { ZodType } from 'zod'
import { errorResponse } from '@/lib/access/route'
import { encodeEvent, heartbeat } from '@/lib/feed/sse'
import { isShellOn } from './shell-switch'
import type { Shells } from './shells'

const heartbeatMs = 15_000
/** Keys are few; more is no request. */
const maxRequestBytes = 40 * 1024

/** The answer while shells are switched off; null: they are on. */
export const refusalWhileOff = (env: Readonly<Record<string, string | undefined>>): Response | null =>
  isShellOn(env)
    ? null
    : errorResponse(403, {
        code: 'ShellOff',
        message: 'Shells are switched off in this console.',
        remedy: 'Start it with npm start -- --shell, or set SWITCHBOARD_SHELL=1.',
      })

export const noSuchShell = (): Response =>
  errorResponse(404, {
    code: 'NoSuchShell',
    message: 'This shell has ended, or it is not yours.',
    remedy: 'Open another one.',
  })

/** The body of a request that fits its schema, or the answer that refuses it. */
export async function readBody<T>(
  request: Request,
  schema: ZodType<T>,
): Promise<{ readonly body: T } | Response> {
  const wrong = (status: number, message: string) =>
    errorResponse(status, { code: 'InvalidShellRequest', message, remedy: 'Reload the page.' })
  if (request.headers.get('content-type')?.split(';')[0]?.trim() !== 'application/json')
    return wrong(415, 'A shell is asked for in JSON.')
  const bytes = await request.arrayBuffer()
  if (bytes.byteLength > maxRequestBytes) return wrong(413, 'This is too much at once.')
  try {
    const checked = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return checked.success
      ? { body: checked.data }
      : wrong(400, checked.error.issues[0]?.message ?? 'Not valid.')
  } catch (error) {
    if (error instanceof SyntaxError) return wrong(400, 'The body is not JSON.')
    throw error
  }
}

/** A shell's output as server-sent events; each one's id is the number of bytes until then, so that a browser comes back in place. */
export function shellStream(
  shells: Shells,
  id: string,
  owner: string,
  lastEventId: string | null,
  signal: AbortSignal,
): Response | null {
  const from = /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : 0
  let stop: (() => void) | null = null
  let timer: NodeJS.Timeout | null = null
  const leave = (): void => {
    if (timer) clearInterval(timer)
    stop?.()
    stop = null
  }
  let isMine = true
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let over = false
      stop = shells.read(id, owner, from, (news) => {
        if (over) return
        if (news.type === 'output') {
          const data = { base64: news.bytes.toString('base64') }
          controller.enqueue(encodeEvent('output', data, String(news.at + news.bytes.length)))
          return
        }
        over = true
        controller.enqueue(encodeEvent('closed', { reason: news.reason }))
        controller.close()
        leave()
      })
      isMine = stop !== null
      if (!isMine || over) return
      timer = setInterval(() => controller.enqueue(heartbeat), heartbeatMs)
      signal.addEventListener('abort', leave, { once: true })
    },
    cancel: leave,
  })
  if (!isMine) return null
  return new Response(stream, {
    headers: {
      'Cache-Control': 'no-store, no-transform',
      'X-Content-Type-Options': 'nosniff',
      'Content-Type': 'text/event-stream; charset=utf-8',
      'X-Accel-Buffering': 'no',
    },
  })
}
