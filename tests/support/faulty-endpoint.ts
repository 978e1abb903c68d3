import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'

/** What an endpoint does to a call instead of answering it. */
export type Fault =
  | { readonly kind: 'error'; readonly code: string; readonly message?: string; readonly status?: number }
  | { readonly kind: 'raw'; readonly status: number; readonly contentType: string; readonly body: string }
  /** Takes the request and closes the connection. */
  | { readonly kind: 'hang up' }

export type Call = {
  /** For example `ecs:ListTasks`. */
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly headers: IncomingMessage['headers']
}

export type FaultyEndpoint = {
  readonly url: string
  /** Every call since the last `forget`, retries too. */
  calls(): readonly Call[]
  forget(): void
  /** The fault of an operation (`*`: all that have none of their own); null mends it. */
  fault(operation: string, fault: Fault | null): void
  /** Something to do when an operation is called, before it is answered; null: nothing any more. */
  whenCalled(operation: string, work: (() => void) | null): void
  stop(): Promise<void>
}

const services: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  Route53AutoNaming_v20170314: 'servicediscovery',
  Logs_20140328: 'logs',
  GraniteServiceVersion20100801: 'cloudwatch',
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

function callOf(request: IncomingMessage, body: string): Call {
  const target = String(request.headers['x-amz-target'] ?? '')
  const [prefix = '', name = ''] = target.split('.')
  if (!target) {
    const action = new URLSearchParams(body).get('Action') ?? 'none'
    const service = action.startsWith('Describe') ? 'ec2' : 'sts'
    return { operation: `${service}:${action}`, input: {}, headers: request.headers }
  }
  return {
    operation: `${services[prefix] ?? prefix}:${name}`,
    input: JSON.parse(body || '{}'),
    headers: request.headers,
  }
}

function answerFault(fault: Fault, operation: string, request: IncomingMessage, response: ServerResponse) {
  if (fault.kind === 'hang up') {
    request.socket.destroy()
    return
  }
  if (fault.kind === 'raw') {
    response.writeHead(fault.status, { 'Content-Type': fault.contentType }).end(fault.body)
    return
  }
  const message = fault.message ?? 'because the test says so'
  if (operation.startsWith('sts:')) {
    response
      .writeHead(fault.status ?? 403, { 'Content-Type': 'text/xml' })
      .end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${fault.code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
      )
    return
  }
  if (operation.startsWith('ec2:')) {
    response
      .writeHead(fault.status ?? 403, { 'Content-Type': 'text/xml' })
      .end(
        `<Response><Errors><Error><Code>${fault.code}</Code><Message>${message}</Message></Error></Errors><RequestID>1</RequestID></Response>`,
      )
    return
  }
  response
    .writeHead(fault.status ?? 400, { 'Content-Type': 'application/x-amz-json-1.1' })
    .end(JSON.stringify({ __type: fault.code, message }))
}

/** An endpoint in front of the local cloud that counts calls and can refuse any of them, as AWS or a bad proxy would. */
export async function startFaultyEndpoint(upstream: string): Promise<FaultyEndpoint> {
  const faults = new Map<string, Fault>()
  const listeners = new Map<string, () => void>()
  let calls: Call[] = []

  function forward(request: IncomingMessage, body: string, response: ServerResponse) {
    const { host: _host, ...headers } = request.headers
    const onward = send(
      new URL(request.url ?? '/', upstream),
      { method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    onward.on('error', () => request.socket.destroy())
    onward.end(body)
  }

  const server = createServer(async (request, response) => {
    const body = await readBody(request)
    if (request.method !== 'POST') {
      forward(request, body, response)
      return
    }
    const call = callOf(request, body)
    calls.push(call)
    listeners.get(call.operation)?.()
    const fault = faults.get(call.operation) ?? faults.get('*')
    if (fault) answerFault(fault, call.operation, request, response)
    else forward(request, body, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The faulty endpoint has no address.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls: () => calls,
    forget() {
      calls = []
    },
    fault(operation, fault) {
      if (fault) faults.set(operation, fault)
      else faults.delete(operation)
    },
    whenCalled(operation, work) {
      if (work) listeners.set(operation, work)
      else listeners.delete(operation)
    },
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

export const denied: Fault = {
  kind: 'error',
  code: 'AccessDeniedException',
  message: 'User: arn:aws:iam::000000000000:user/viewer is not authorized to perform this',
}
export const throttled: Fault = { kind: 'error', code: 'ThrottlingException', message: 'Rate exceeded' }
export const expired: Fault = {
  kind: 'error',
  code: 'ExpiredTokenException',
  message: 'The security token included in the request is expired',
}
export const unknownOperation: Fault = { kind: 'error', code: 'UnknownOperationException', message: '' }
export const html: Fault = {
  kind: 'raw',
  status: 200,
  contentType: 'text/html',
  body: '<!doctype html><html><body><h1>It works!</h1></body></html>',
}
