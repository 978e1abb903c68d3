import type { ResponseHead } from './message'
import type { CallFailure } from './sides'

/** What a proxy answers by itself. */
export type LocalAnswer = { readonly status: number; readonly body: string }

const before = 'upstream connect error or disconnect/reset before headers. reset reason: '

/** Texts and statuses are Envoy's, so that what people know from AWS reads the same. */
export const answers = {
  noHost: { status: 503, body: 'no healthy upstream' },
  connect: { status: 503, body: `${before}connection failure` },
  reset: { status: 503, body: `${before}connection termination` },
  protocol: { status: 502, body: `${before}protocol error` },
  overflow: { status: 503, body: `${before}overflow` },
  requestTimeout: { status: 504, body: 'upstream request timeout' },
  idleTimeout: { status: 504, body: 'stream timeout' },
  slowRequest: { status: 408, body: 'stream timeout' },
} as const satisfies Record<string, LocalAnswer>

/** What is answered when there is no other try. */
export const answerTo: Readonly<Record<CallFailure, LocalAnswer>> = {
  connect: answers.connect,
  'not delivered': answers.connect,
  stale: answers.reset,
  reset: answers.reset,
  protocol: answers.protocol,
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  426: 'Upgrade Required',
  431: 'Request Header Fields Too Large',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
}

/** What the request broke, in Envoy's manner: the status, and what is wrong with it. */
export const refusal = (status: number, mistake: string): LocalAnswer => ({
  status,
  body: `${reasons[status] ?? 'Refused'}: ${mistake}`,
})

/** Said by a proxy to a proxy: the application never got this request. */
export const notDeliveredField = 'x-switchboard-not-delivered'

/** The head for it. `Server: envoy` is what tells a proxy's answer from an application's on AWS. */
export function headOfAnswer(answer: LocalAnswer, notDelivered: boolean): ResponseHead {
  const bytes = Buffer.byteLength(answer.body)
  const fields = [
    'content-length',
    String(bytes),
    'content-type',
    'text/plain',
    'date',
    new Date().toUTCString(),
    'server',
    'envoy',
  ]
  if (notDelivered) fields.push(notDeliveredField, '1')
  return {
    status: answer.status,
    reason: reasons[answer.status] ?? '',
    fields,
    framing: { kind: 'length', bytes },
    wantsClose: false,
    upgrade: false,
    keepAliveMs: undefined,
  }
}

/** The same to a gRPC call: status and reason stand in the trailers, UNAVAILABLE (14) for all that is worth another try. */
export function grpcHeadOfAnswer(answer: LocalAnswer, notDelivered: boolean): ResponseHead {
  const unavailable = answer.status === 502 || answer.status === 503 || answer.status === 504
  const fields = [
    'content-type',
    'application/grpc',
    'grpc-status',
    unavailable ? '14' : answer.status === 400 ? '13' : '2',
    'grpc-message',
    encodeURIComponent(answer.body).replaceAll('%20', ' '),
    'server',
    'envoy',
  ]
  if (notDelivered) fields.push(notDeliveredField, '1')
  return {
    status: 200,
    reason: 'OK',
    fields,
    framing: { kind: 'none' },
    wantsClose: false,
    upgrade: false,
    keepAliveMs: undefined,
  }
}
