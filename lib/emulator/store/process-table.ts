import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** A process as the system tells it now. */
export type SeenProcess = {
  readonly pid: number
  /** When it started: clock ticks since boot on Linux, a date elsewhere. The same for as long as it lives. */
  readonly started: string
  readonly groupId: number
}

/** Looks at the processes of this machine. */
export type ProcessTable = {
  /** The same until the machine starts again, so that start times can be compared. */
  readonly bootId: string
  /** Undefined when there is no such process, or only its zombie. */
  see(pid: number): SeenProcess | undefined
  /** Members of a process group whose environment shows that a local cloud started them. */
  seeMembers(groupId: number): readonly SeenProcess[]
}

const readOrNothing = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Processes come and go, and those of others may not be read: both mean that we know nothing of it.
    return ''
  }
}

/** The table of `/proc`; on systems without it, the one of `ps`. */
export const makeProcessTable = (platform: NodeJS.Platform = process.platform): ProcessTable =>
  platform === 'linux' ? procTable() : psTable()

const procTable = (): ProcessTable => {
  const see = (pid: number): SeenProcess | undefined => parseProcStat(pid, readOrNothing(`/proc/${pid}/stat`))
  return {
    bootId: readOrNothing('/proc/sys/kernel/random/boot_id').trim(),
    see,
    seeMembers: (groupId) =>
      readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((name) => see(Number(name)) ?? [])
        .filter((seen) => seen.groupId === groupId && isTask(seen.pid)),
  }
}

const isTask = (pid: number): boolean =>
  readOrNothing(`/proc/${pid}/environ`)
    .split('\0')
    .some((variable) => variable.startsWith('SWITCHBOARD_CONTAINER='))

/** Reads `/proc/<pid>/stat` (proc(5)): the name in parentheses may hold anything, so the fields count from its end. */
export function parseProcStat(pid: number, stat: string): SeenProcess | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state = ''] = fields
  const started = fields[19] ?? ''
  if (state === '' || state === 'Z' || state === 'X' || !/^\d+$/.test(started)) return undefined
  return { pid, started, groupId: Number(fields[2]) }
}

/** A date does not come again, so no boot has to be told from another. */
const psTable = (): ProcessTable => ({
  bootId: 'ps',
  see(pid) {
    try {
      const text = execFileSync('ps', ['-o', 'pgid=,stat=,lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      return parsePsLine(pid, text)
    } catch {
      // ps ends with 1 when there is no such process.
      return undefined
    }
  },
  seeMembers: () => [],
})

/** Reads one line of `ps -o pgid=,stat=,lstart=`. */
export function parsePsLine(pid: number, text: string): SeenProcess | undefined {
  const [, groupId, state = '', started] = /^\s*(\d+)\s+(\S+)\s+(\S.*?)\s*$/.exec(text) ?? []
  if (groupId === undefined || started === undefined || state.startsWith('Z')) return undefined
  return { pid, started: started.replace(/\s+/g, ' '), groupId: Number(groupId) }
}
