/** Why a server could not listen; `message` is for a person and says what to do. */
export class ListenError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'ListenError'
    this.code = code
  }
}

/** Throws a `ListenError` for any address outside of 127.0.0.0/8, names included: they may mean anything tomorrow. */
export function requireLoopback(host: string): void {
  if (/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)) return
  throw new ListenError(
    'NotLoopback',
    `The local cloud runs commands for whoever reaches it, so it listens on loopback only; ${host} is not loopback. Use 127.0.0.1.`,
  )
}

/**
 * The system's error of a failed `listen`, told to a person. `flag` is the option that chooses the port. Errors that are
 * not about the port come back as they are.
 */
export function toListenError(error: unknown, host: string, port: number, flag: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new ListenError(
      'PortTaken',
      `Port ${port} on ${host} is already in use. Stop what uses it, or choose another port with ${flag} N.`,
    )
  }
  if (code === 'EACCES') {
    return new ListenError(
      'PortDenied',
      `Listening on port ${port} is not permitted. Choose a port above 1023 with ${flag} N.`,
    )
  }
  return error
}
