import { readdirSync, readFileSync } from 'node:fs'
import { signalGroup } from './process-group'

/** Every process of an exec session carries this variable with the session's own value. */
export const execMark = 'SWITCHBOARD_EXEC'

/**
 * Kills what a session started, wherever it went: a shell puts its jobs into groups of their own, and a terminal's leader has a
 * session of its own. Where `/proc` cannot be read, the groups that are known have to do.
 */
export function killSession(mark: string, groupIds: readonly number[]): void {
  for (const groupId of groupIds) signalGroup(groupId, 'SIGKILL')
  for (const pid of marked(mark)) killOne(pid)
}

function marked(mark: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => environmentOf(name).includes(`${execMark}=${mark}`))
    .map(Number)
}

const environmentOf = (pid: string): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    // Ended meanwhile, or somebody else's.
    return []
  }
}

const killOne = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
