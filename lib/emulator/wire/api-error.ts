/**
 * An error that the wire answers as AWS would: `{"__type": code, "message": …}`.
 * Compare `code`, never the class.
 */
export class ApiError extends Error {
  readonly code: string
  /** Modelled extra members, for example `DuplicateOperationId`. */
  readonly members: Readonly<Record<string, unknown>>
  /** AWS answers 400 for every client error of these services and 500 for faults of its own. */
  readonly status: number

  constructor(code: string, message: string, members: Readonly<Record<string, unknown>> = {}, status = 400) {
    super(message)
    this.name = code
    this.code = code
    this.members = members
    this.status = status
  }
}
