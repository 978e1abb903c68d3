import { mkdtempSync, rm } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { notStarted, readTerminalMaker, startExecProcess } from './exec-process'
import type { ExecProgram, ExecProgramEvents, ExecTarget, TerminalSize } from './exec-program'
import type { Guardian } from './guardian'

/** The running containers as ExecuteCommand enters them, and what runs inside because of it. */
export type ExecPrograms = {
  /** A container starts with this environment. */
  enter(taskId: string, container: string, environment: Readonly<Record<string, string>>): void
  /** It has ended: so does everything that was run in it. */
  leave(taskId: string, container: string): void
  execute(target: ExecTarget, size: TerminalSize, events: ExecProgramEvents): ExecProgram
}

type Inside = {
  readonly environment: Readonly<Record<string, string>>
  readonly programs: Set<ExecProgram>
  /** Where its programs start; made with the first of them, gone with the container. */
  directory: string | null
}

/** `shims`: a folder with programs that resolve and connect as the task does, put before the container's PATH. */
export function makeExecPrograms(guardian: Guardian, shims: string): ExecPrograms {
  const containers = new Map<string, Inside>()
  const keyOf = (taskId: string, container: string): string => `${taskId}/${container}`
  let terminalMaker: string | undefined | null = null

  return {
    enter(taskId, container, environment) {
      containers.set(keyOf(taskId, container), { environment, programs: new Set(), directory: null })
    },
    leave(taskId, container) {
      const key = keyOf(taskId, container)
      const inside = containers.get(key)
      containers.delete(key)
      for (const program of inside?.programs ?? []) program.kill()
      if (inside?.directory) rm(inside.directory, { recursive: true, force: true }, () => undefined)
    },
    execute({ taskId, container, words }, size, events) {
      const inside = containers.get(keyOf(taskId, container))
      if (!inside) return notStarted(`the container ${container} is not running`, events)
      const path = inside.environment.PATH ?? ''
      const environment = { ...inside.environment, PATH: `${shims}:${path}` }
      if (terminalMaker === null) terminalMaker = readTerminalMaker(process.env.PATH ?? path)
      try {
        inside.directory ??= mkdtempSync(join(tmpdir(), `task-${taskId.slice(0, 8)}-`))
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        return notStarted(`the task has no room for its files (${why})`, events)
      }
      const program = startExecProcess(
        words,
        size,
        { environment, directory: inside.directory },
        { guardian, terminalMaker },
        {
          output: events.output,
          ended(reason) {
            inside.programs.delete(program)
            events.ended(reason)
          },
        },
      )
      inside.programs.add(program)
      return program
    },
  }
}
