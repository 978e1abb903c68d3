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

/** What ExecuteCommand refused, sorted by what can be done about it; AWS's error is its cause. */
export function toExecError(error: unknown): ExecError {
  if (error instanceof ExecError) return error
  const message = messageOf(error).slice(0, 500)
  const failure = new ExecError(problemOf(nameOf(error), message), message)
  failure.cause = error
  return failure
}

function problemOf(name: string, message: string): ExecProblem {
  switch (name) {
    case 'TargetNotConnectedException':
      return 'not-connected'
    case 'AccessDeniedException':
    case 'UnauthorizedOperation':
      return 'denied'
    case 'ClusterNotFoundException':
    case 'ResourceNotFoundException':
      return 'gone'
    case 'UnknownOperationException':
    case 'UnsupportedFeatureException':
      return 'unsupported'
    case 'InvalidParameterException':
      if (/not enabled|isn.t running/i.test(message)) return 'not-enabled'
      return /task was not found|task .*not found/i.test(message) ? 'gone' : 'failed'
    case 'AbortError':
    case 'TimeoutError':
      return 'timeout'
    default:
      return 'failed'
  }
}
