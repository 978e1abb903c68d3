/** Why nothing could be run in a task. */
export type ExecProblem =
  /** ExecuteCommand was not enabled when the task was run, or its agent is not up. */
  | 'not-enabled'
  | 'not-connected'
  | 'denied'
  | 'gone'
  | 'unsupported'
  | 'wrong-host'
  /** The container has no shell, or the command could not be started in it. */
  | 'no-shell'
  | 'encrypted'
  | 'timeout'
  | 'cut'
  | 'too-much'
  | 'failed'

/** A command that was not run, or whose end nobody saw. The message is for a person. */
export class ExecError extends Error {
  override readonly name = 'ExecError'
  readonly problem: ExecProblem
  /** What the command had written by then; null when it never ran. */
  readonly output: Buffer | null

  constructor(problem: ExecProblem, message: string, output: Buffer | null = null) {
    super(message)
    this.problem = problem
    this.output = output
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What ExecuteCommand refused, sorted by what can be done about it. */
export function toExecError(error: unknown): ExecError {
  if (error instanceof ExecError) return error
  const message = messageOf(error).slice(0, 500)
  switch (nameOf(error)) {
    case 'TargetNotConnectedException':
      return new ExecError('not-connected', message)
    case 'AccessDeniedException':
    case 'UnauthorizedOperation':
      return new ExecError('denied', message)
    case 'ClusterNotFoundException':
    case 'ResourceNotFoundException':
      return new ExecError('gone', message)
    case 'UnknownOperationException':
    case 'UnsupportedFeatureException':
      return new ExecError('unsupported', message)
    case 'InvalidParameterException':
      return new ExecError(
        /not enabled|isn.t running/i.test(message)
          ? 'not-enabled'
          : /task was not found|task .*not found/i.test(message)
            ? 'gone'
            : 'failed',
        message,
      )
    case 'AbortError':
    case 'TimeoutError':
      return new ExecError('timeout', message)
    default:
      return new ExecError('failed', message)
  }
}
