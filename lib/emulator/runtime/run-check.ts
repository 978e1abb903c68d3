import { spawn } from 'node:child_process'
import type { Guardian } from './guardian'
import { signalGroup } from './process-group'
import { toProcessEnv } from './task-environment'

export type CheckOutcome = {
  readonly passed: boolean
  /** Why the command could not be run at all, for example since this machine does not have it. */
  readonly problem?: string
}

// What a shell exits with for a command that it cannot run or cannot find.
const cannotRun = 126
const cannotFind = 127

const outcomeOf = (code: number | null): CheckOutcome =>
  code === cannotRun || code === cannotFind
    ? { passed: false, problem: `exit code ${code}: a command in it is not on this machine` }
    : { passed: code === 0 }

/**
 * Runs a health check's command in a process group of its own; passed means exit code 0 within the time. Its output is
 * not kept. Never rejects.
 */
export function runCheck(
  command: { readonly file: string; readonly args: readonly string[] },
  environment: Readonly<Record<string, string>>,
  timeoutMs: number,
  guardian: Guardian,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  return new Promise<CheckOutcome>((resolve) => {
    const child = spawn(command.file, command.args, {
      env: toProcessEnv(environment),
      detached: true,
      stdio: 'ignore',
    })
    const { pid } = child
    if (pid === undefined) {
      child.once('error', (error) => resolve({ passed: false, problem: error.message }))
      return
    }
    guardian.watch(pid)
    const kill = (): void => signalGroup(pid, 'SIGKILL')
    const timer = setTimeout(kill, timeoutMs)
    signal.addEventListener('abort', kill, { once: true })
    child.once('exit', (code) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', kill)
      kill()
      guardian.forget(pid)
      resolve(outcomeOf(code))
    })
  }).catch((error: unknown) => ({ passed: false, problem: String(error) }))
}
