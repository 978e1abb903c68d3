/** The window of a terminal, in characters. */
export type TerminalSize = { readonly cols: number; readonly rows: number }

/** A command to run in a container of a running task. */
export type ExecTarget = {
  readonly taskId: string
  readonly container: string
  /** The program and its arguments. */
  readonly words: readonly string[]
}

/** A command running inside a container, as a session drives it. */
export type ExecProgram = {
  write(bytes: Buffer): void
  resize(size: TerminalSize): void
  /** Holds its output back, and lets it go on. */
  pause(): void
  resume(): void
  /** Ends everything it started. */
  kill(): void
}

/** What a running command tells. `ended` comes once, as the last. */
export type ExecProgramEvents = {
  output(bytes: Buffer): void
  /** With a reason when it could not be started at all. */
  ended(reason?: string): void
}

/** Starts a session's command; must not call `events` before it returns. */
export type StartProgram = (size: TerminalSize, events: ExecProgramEvents) => ExecProgram
