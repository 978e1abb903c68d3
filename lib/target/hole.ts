import type { Hole } from '@/lib/inventory/model'
import type { TargetSettings } from './settings'

type Where = Pick<TargetSettings, 'kind' | 'endpointUrl' | 'profile'>

export type Asked = {
  /** For example `ecs:ListTasks`. */
  readonly operation: string
  readonly subject: string | null
}

const denied = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'UnauthorizedOperation',
  'NotAuthorized',
  'AuthorizationError',
])

const throttled = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
])

const expired = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'CredentialsProviderError',
  'TokenProviderError',
  'RequestExpired',
  'AuthFailure',
])

const unsupported = new Set([
  'UnknownOperationException',
  'UnknownOperation',
  'InvalidAction',
  'NotImplemented',
  'NotImplementedException',
  'NotImplementedError',
  'UnsupportedOperation',
])

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'TimeoutError',
  'AbortError',
])

type Told = { name: string; code: string; message: string; status: number | null }

function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Reflect.get(value, key)
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

function tell(error: unknown): Told {
  const status = field(field(error, '$metadata'), 'httpStatusCode')
  return {
    name: textOf(field(error, 'name')) || 'Error',
    code: textOf(field(error, 'code')) || textOf(field(field(error, 'cause'), 'code')),
    message: textOf(field(error, 'message')) || String(error),
    status: typeof status === 'number' ? status : null,
  }
}

/** AWS JSON never looks like this: a proxy, a web server or the wrong port answered. */
function isForeignAnswer({ name, message }: Told): boolean {
  return (
    name === 'SyntaxError' ||
    /<(!doctype|html|\?xml)|Unexpected token|is not valid JSON|Deserialization error/i.test(message)
  )
}

/**
 * How emulators say that they lack an operation: a status of their own (501, LocalStack; 404, KECS) or the text of an unhandled
 * Python `NotImplementedError` (moto).
 */
function lacksOperation({ name, message, status }: Told): boolean {
  if (unsupported.has(name)) return true
  if (status === 501) return true
  if (status === 404 && !/NotFound/i.test(name)) return true
  return /not (been |yet )?implemented|not yet supported|unknown operation|is not supported by this|No such operation/i.test(
    message,
  )
}

function kindOf(told: Told): Hole['kind'] {
  if (told.name === 'WrongTarget') return 'failed'
  if (denied.has(told.name)) return 'denied'
  if (throttled.has(told.name) || told.status === 429) return 'throttled'
  if (expired.has(told.name) || /^(CredentialsProvider|TokenProvider)Error$/.test(told.name)) return 'expired'
  if (unreachable.has(told.code) || unreachable.has(told.name)) return 'unreachable'
  if (lacksOperation(told)) return 'unsupported'
  if (told.status === 403) return 'denied'
  return 'failed'
}

/** Needs no quotes in a shell; anything else gets them. */
const shellWord = (text: string) =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

function loginRemedy(told: Told, where: Where): string {
  const profile = where.profile ? ` --profile ${shellWord(where.profile)}` : ''
  if (where.kind === 'local')
    return 'The local cloud takes any credentials: another program may answer on its port.'
  if (/could not load credentials|no credentials|could not be found|not found in/i.test(told.message))
    return where.profile
      ? `Check that the profile exists (aws configure list-profiles), or run aws sso login${profile}.`
      : 'Name a profile with --profile, or set AWS_PROFILE.'
  return `Renew them, for example with aws sso login${profile}; the console takes the new ones by itself.`
}

function remedyOf(kind: Hole['kind'], told: Told, asked: Asked, where: Where): string {
  const endpoint = where.endpointUrl ?? 'AWS'
  if (told.name === 'WrongTarget')
    return 'Nothing was sent. Look for AWS_ENDPOINT_URL or endpoint_url in the profile, or start with --endpoint-url.'
  switch (kind) {
    case 'denied':
      return `Allow ${asked.operation} in the policy of the console's credentials.`
    case 'throttled':
      return 'AWS limits the requests of this account; the console slows down and tries again by itself.'
    case 'unsupported':
      return `${endpoint} does not offer ${asked.operation}; the rest of the map does not need it.`
    case 'expired':
      return loginRemedy(told, where)
    case 'unreachable':
      return where.kind === 'local'
        ? `Check that the local cloud runs at ${endpoint}; npm start starts both. The console tries again by itself.`
        : `Check the network and that ${endpoint} answers; the console tries again by itself.`
    case 'failed':
      if (isForeignAnswer(told))
        return `Something other than AWS answers at ${endpoint}: check the address, the port and any proxy.`
      if (/region is missing/i.test(told.message)) return 'Name one with --region, or set AWS_REGION.'
      return 'The console tries again by itself; if it stays, look this error up for this operation.'
  }
}

function messageOf(kind: Hole['kind'], told: Told, where: Where): string {
  if (kind === 'failed' && isForeignAnswer(told))
    return `The endpoint does not speak AWS JSON${where.endpointUrl ? ` (${where.endpointUrl})` : ''}.`
  if (kind === 'unreachable')
    return `No answer from ${where.endpointUrl ?? 'AWS'} (${told.code || told.name}).`
  if (kind === 'unsupported' && /^(UnknownError|undefined|)$/.test(told.message))
    return 'The endpoint does not know this operation.'
  return told.message.slice(0, 500)
}

/** An error of the SDK as what could not be read: which kind, in AWS's words, and what to do about it. */
export function holeFromError(error: unknown, asked: Asked, where: Where, nowMs: number): Hole {
  const told = tell(error)
  const kind = kindOf(told)
  const foreign = kind === 'failed' && isForeignAnswer(told)
  return {
    operation: asked.operation,
    subject: asked.subject,
    kind,
    errorName: foreign ? 'NotAwsJson' : kind === 'unreachable' && told.code ? told.code : told.name,
    message: messageOf(kind, told, where),
    remedy: remedyOf(kind, told, asked, where),
    sinceMs: nowMs,
  }
}
