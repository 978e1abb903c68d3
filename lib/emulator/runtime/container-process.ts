import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { ContainerCommand } from './container-command'
import { exitCodeOf } from './exit-code'
import type { Guardian } from './guardian'
import { signalGroup } from './process-group'
import { toProcessEnv } from './task-environment'

/** A container's process and everything it started. */
export type ContainerProcess = { signal(signal: 'SIGTERM' | 'SIGKILL'): void }

export type ContainerProcessEvents = {
  output(stream: Readable): void
  started(pid: number): void
  /** In Docker's words. */
  failed(reason: string): void
  /** Its output has been read to the end. */
  exited(exitCode: number): void
}

/** A process that left its group may hold the output open for ever; nobody waits for that one. */
const outputGraceMs = 500

const dockerWords = (file: string, error: NodeJS.ErrnoException): string => {
  const why =
    error.code === 'ENOENT'
      ? 'executable file not found in $PATH'
      : error.code === 'EACCES'
        ? 'permission denied'
        : error.message
  return `CannotStartContainerError: Error response from daemon: failed to create task for container: exec: "${file}": ${why}: unknown`
}

const toError = (thrown: unknown): NodeJS.ErrnoException =>
  thrown instanceof Error ? thrown : new Error(String(thrown))

/**
 * Starts a container's command as the leader of its own process group. The group ends with its leader, as a container
 * ends with its first process.
 */
export function startContainerProcess(
  command: ContainerCommand,
  environment: Readonly<Record<string, string>>,
  guardian: Guardian,
  events: ContainerProcessEvents,
): ContainerProcess {
  const env = toProcessEnv(command.isNode ? { ...environment, SWITCHBOARD_PARENT_FD: '3' } : environment)
  let child: ChildProcess
  try {
    child = spawn(command.file, command.args, {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', command.isNode ? 'pipe' : 'ignore'],
    })
  } catch (error) {
    // Some failures are thrown rather than told: a NUL in an argument, an argument list that is too long.
    const reason = dockerWords(command.file, toError(error))
    queueMicrotask(() => events.failed(reason))
    return { signal: () => undefined }
  }
  const { pid, stdout, stderr } = child
  if (pid === undefined) {
    child.once('error', (error) => events.failed(dockerWords(command.file, error)))
    return { signal: () => undefined }
  }
  const watchPipe = child.stdio[3]

  guardian.watch(pid)
  let alive = true
  if (stdout) events.output(stdout)
  if (stderr) events.output(stderr)
  // The child's end of its watch pipe closes with it; on ours that can show as an error.
  watchPipe?.on('error', () => watchPipe?.destroy())
  child.once('spawn', () => events.started(pid))
  child.once('exit', (code, signal) => {
    alive = false
    signalGroup(pid, 'SIGKILL')
    guardian.forget(pid)
    watchPipe?.destroy()
    const grace = setTimeout(() => {
      stdout?.destroy()
      stderr?.destroy()
    }, outputGraceMs)
    child.once('close', () => {
      clearTimeout(grace)
      events.exited(exitCodeOf(code, signal))
    })
  })
  return {
    signal(signal) {
      if (alive) signalGroup(pid, signal)
    },
  }
}
