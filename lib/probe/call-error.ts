import type { ErrorKind } from './trip'

/** A call that ended badly for a reason that has a name. */
export class CallError extends Error {
  readonly kind: ErrorKind

  constructor(kind: ErrorKind, message: string) {
    super(message)
    this.name = 'CallError'
    this.kind = kind
  }
}

const kindsByCode: Readonly<Record<string, ErrorKind>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_HEADERS_TIMEOUT: 'first-byte-timeout',
  UND_ERR_BODY_TIMEOUT: 'deadline',
  UND_ERR_HEADERS_OVERFLOW: 'headers-too-large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'bad-response',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'body-too-large',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** Any error of a call with a kind, keeping the message the system gave. */
export const toCallError = (error: unknown): CallError => {
  if (error instanceof CallError) return error
  if (!(error instanceof Error)) return new CallError('failed', String(error))
  const code = codeOf(error)
  // undici's parser says so when the other side does not speak HTTP, or not well.
  if (error.name === 'HTTPParserError' || error.message === 'bad upgrade')
    return new CallError('bad-response', error.message)
  const known = kindsByCode[code]
  if (known) return new CallError(known, error.message || code)
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT') || code.startsWith('ERR_BROTLI'))
    return new CallError('bad-encoding', error.message)
  return new CallError('failed', code ? `${code}: ${error.message}` : error.message)
}
