/** Why a server could not listen; `message` is for a person and says what to do. */
export class ListenError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'ListenError'
    this.code = code
  }
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
