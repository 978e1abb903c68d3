import { spawn } from 'node:child_process'
import type { Guardian } from './guardian'
import { signalGroup } from './process-group'
import { toProcessEnv } from './task-environment'

/**
 * Runs a health check's command in a process group of its own; passed means exit code 0 within the time. Its output is
 * not kept.
 */
export function runCheck(
  command: { readonly file: string; readonly args: readonly string[] },
  environment: Readonly<Record<string, string>>,
  timeoutMs: number,
  guardian: Guardian,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command.file, command.args, {
      env: toProcessEnv(environment),
      detached: true,
      stdio: 'ignore',
    })
    const { pid } = child
    const kill = (): void => {
      if (pid !== undefined) signalGroup(pid, 'SIGKILL')
    }
    const timer = setTimeout(kill, timeoutMs)
    signal.addEventListener('abort', kill, { once: true })
    const end = (passed: boolean): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', kill)
      if (pid !== undefined) {
        signalGroup(pid, 'SIGKILL')
        guardian.forget(pid)
      }
      resolve(passed)
    }
    child.once('error', () => end(false))
    if (pid !== undefined) guardian.watch(pid)
    child.once('exit', (code) => end(code === 0))
  })
}
