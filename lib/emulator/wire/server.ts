import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Answer, jsonErrorAnswer } from './answer'
import { ApiError } from './api-error'
import type { ApiRequest } from './dispatch'
import { type GuardedRequest, type Refusal, refuseForeign } from './host-guard'
import { maxBodyBytes } from './json-body'
import { requireLoopback, toListenError } from './listen-error'

/** What the local cloud serves below `/_local/`; undefined for a path it does not have. */
export type ControlRoute = (
  method: string,
  path: string,
  contentType: string | undefined,
  body: string,
) => Answer | Promise<Answer> | undefined

export type WireServer = { readonly port: number; stop(): Promise<void> }

/** Everything the HTTP side needs besides the port. */
export type WireOptions = {
  readonly host: string
  readonly port: number
  readonly extraHosts: readonly string[]
  /** `cut` closes the connection without an answer; only the fault switchboard says so. */
  readonly dispatch: (request: ApiRequest) => Answer | Promise<Answer | 'cut'>
  readonly control: ControlRoute
  /** Takes a request to change to another protocol; Host and Origin were checked. Without it there is none. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly makeRequestId: () => string
  readonly log: (level: 'warn' | 'error', message: string) => void
}

/**
 * Listens on one loopback port. Rejects with a `ListenError` when the address is not loopback or the port is taken.
 * Every answer, refusals included, carries `x-amzn-RequestId`; none ever carries a CORS header.
 */
export async function startWireServer(options: WireOptions): Promise<WireServer> {
  requireLoopback(options.host)
  let port = options.port
  const server = createServer(
    // SDKs keep connections open between polls; closing earlier than they do makes their next request fail.
    { keepAliveTimeout: 65_000, headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 32_768 },
    (request, response) => serve(options, port, request, response),
  )
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (request, socket, head) => {
    // Not the server's any more: nobody else would end it, or hear that it broke.
    upgraded.add(socket)
    socket.on('close', () => upgraded.delete(socket)).on('error', () => socket.destroy())
    const refusal = refuseForeign(guarded(request), port, options.extraHosts)
    if (refusal || !options.upgrade) refuseUpgrade(socket, refusal ?? noUpgrade)
    else options.upgrade(request, socket, head)
  })
  await listen(server, options.host, options.port)
  port = portOf(server)
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        for (const socket of upgraded) socket.destroy()
      }),
  }
}

const noUpgrade: Refusal = { status: 404, code: 'NotFound', message: 'There is no other protocol here.' }

function refuseUpgrade(socket: Duplex, { status, message }: Refusal): void {
  const body = `${message}\n`
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.')
  return address.port
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(toListenError(error, host, port, '--port')))
    server.listen(port, host, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}

function serve(options: WireOptions, port: number, request: IncomingMessage, response: ServerResponse): void {
  const requestId = options.makeRequestId()
  const refusal = refuseForeign(guarded(request), port, options.extraHosts)
  if (refusal) {
    send(response, requestId, jsonErrorAnswer({ ...refusal, members: {} }), true)
    return
  }
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  if (path.startsWith('/_local/')) {
    serveControl(options, request, response, requestId, path)
    return
  }
  if (request.method !== 'POST' || path !== '/') {
    send(
      response,
      requestId,
      jsonErrorAnswer(
        new ApiError(
          'UnknownOperationException',
          'This is a local cloud: point an AWS SDK or the AWS CLI at it (POST /), or see GET /_local/health.',
          {},
          request.method === 'POST' ? 400 : 404,
        ),
      ),
      true,
    )
    return
  }
  readBody(request, (body) => {
    if (body === undefined) return send(response, requestId, jsonErrorAnswer(tooLarge), false)
    const answer = options.dispatch({
      target: headerOf(request, 'x-amz-target'),
      authorization: request.headers.authorization,
      contentType: request.headers['content-type'],
      body,
      requestId,
    })
    if (!(answer instanceof Promise)) return send(response, requestId, answer, false)
    answer
      .then((outcome) =>
        outcome === 'cut' ? request.socket.destroy() : send(response, requestId, outcome, false),
      )
      .catch((error: unknown) => sendFailure(options, response, requestId, 'An API request', error))
  })
}

function sendFailure(
  options: WireOptions,
  response: ServerResponse,
  requestId: string,
  doing: string,
  error: unknown,
): void {
  const told = error instanceof Error ? error.message : String(error)
  options.log('error', `${doing} failed: ${told}`)
  send(response, requestId, jsonErrorAnswer(new ApiError('ServerException', told, {}, 500)), true)
}

function serveControl(
  options: WireOptions,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  path: string,
): void {
  const unknown = new ApiError(
    'NotFound',
    `The local cloud has no ${request.method} ${path.slice(0, 200)}.`,
    {},
    404,
  )
  readBody(request, (body) => {
    if (body === undefined) return send(response, requestId, jsonErrorAnswer(tooLarge), false)
    new Promise<Answer | undefined>((resolve) =>
      resolve(options.control(request.method ?? '', path, request.headers['content-type'], body)),
    )
      .then((answer) => send(response, requestId, answer ?? jsonErrorAnswer(unknown), false))
      .catch((error: unknown) =>
        sendFailure(options, response, requestId, `${request.method} ${path}`, error),
      )
  })
}

const tooLarge = new ApiError(
  'RequestEntityTooLargeException',
  `The request body is larger than ${maxBodyBytes} bytes.`,
  {},
  413,
)

const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function guarded(request: IncomingMessage): GuardedRequest {
  const hosts: string[] = []
  // `headers` keeps only the first of two Host headers.
  const raw = request.rawHeaders
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts.push(raw[index + 1] ?? '')
  }
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    hosts,
    origin: request.headers.origin,
    fetchSite: headerOf(request, 'sec-fetch-site'),
  }
}

/** A client that sends more than this after being too large is cut off instead of being heard out. */
const drainedBytes = 32 * maxBodyBytes

/** Calls back once with the whole body, or with undefined when it was too large. */
function readBody(request: IncomingMessage, done: (body: string | undefined) => void): void {
  let chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= maxBodyBytes) chunks.push(chunk)
    else chunks = []
    if (size > drainedBytes) request.destroy()
  })
  request.on('end', () => {
    if (size > maxBodyBytes) return done(undefined)
    const only = chunks.length === 1 ? chunks[0] : undefined
    done((only ?? Buffer.concat(chunks)).toString('utf8'))
  })
}

function send(response: ServerResponse, requestId: string, answer: Answer, close: boolean): void {
  const body = Buffer.from(answer.body)
  const headers: Record<string, string | number> = {
    'content-type': answer.contentType,
    'content-length': body.length,
    'x-amzn-RequestId': requestId,
  }
  Object.assign(headers, answer.headers)
  if (close) headers.connection = 'close'
  response.writeHead(answer.status, headers)
  response.end(body)
}
