import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RuntimeEvent } from '../runtime/runtime'
import { codeOf } from './store-error'

/** A process that leads the group of a container: pids come again, a pid with its start time does not. */
export type KnownProcess = { readonly pid: number; readonly started: string }

/** Writes down the processes of tasks, so that a later local cloud can end those that were left behind. */
export type ProcessLedger = {
  /** Takes note of containers that start and end. */
  onRuntimeEvent(event: RuntimeEvent): void
}

const fileOf = (folder: string): string => join(folder, 'processes')
const compactAfter = 1_000

/**
 * Begins a ledger in a state folder; what stood in it before is gone. Lines are appended at once and never synced: what
 * they are for is a crash of this process, not of the machine, which leaves no process behind.
 */
export function startProcessLedger(
  folder: string,
  bootId: string,
  startTimeOf: (pid: number) => string | undefined,
): ProcessLedger {
  const file = fileOf(folder)
  const known = new Map<string, KnownProcess>()
  let lines = 0

  const rewrite = (): void => {
    const text = [`boot ${bootId}`, ...[...known.values()].map(toLine)].map((line) => `${line}\n`).join('')
    writeFileSync(`${file}.new`, text, { mode: 0o600 })
    renameSync(`${file}.new`, file)
    lines = known.size
  }
  const append = (line: string): void => {
    lines += 1
    if (lines > compactAfter + 4 * known.size) rewrite()
    else appendFileSync(file, `${line}\n`)
  }

  rewrite()
  return {
    onRuntimeEvent(event) {
      if (event.kind !== 'container-started' && event.kind !== 'container-exited') return
      const key = `${event.taskId}/${event.container}`
      const before = known.get(key)
      known.delete(key)
      if (before) append(`- ${before.pid} ${before.started}`)
      if (event.kind !== 'container-started' || event.pid === undefined) return
      const started = startTimeOf(event.pid)
      // Gone already, and its group with it.
      if (started === undefined) return
      const process = { pid: event.pid, started }
      known.set(key, process)
      append(toLine(process))
    },
  }
}

const toLine = ({ pid, started }: KnownProcess): string => `+ ${pid} ${started}`

/** What an earlier ledger of this folder says: since which boot, and who had not ended. Undefined when there is none. */
export function readLedger(
  folder: string,
): { readonly bootId: string; readonly processes: KnownProcess[] } | undefined {
  try {
    return parseLedger(readFileSync(fileOf(folder), 'utf8'))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Lines that are cut short or make no sense are left out: nobody is signalled on a guess. */
export function parseLedger(text: string): { readonly bootId: string; readonly processes: KnownProcess[] } {
  const processes = new Map<string, KnownProcess>()
  let bootId = ''
  // The last line may have been cut: only what ends with a line break counts.
  for (const line of text.split('\n').slice(0, -1)) {
    if (line.startsWith('boot ')) bootId = line.slice(5)
    const [, sign, pid = '', started = ''] = /^([+-]) (\d{1,10}) (\S.*)$/.exec(line) ?? []
    if (sign === '-') processes.delete(`${pid} ${started}`)
    if (sign === '+' && Number(pid) > 1) processes.set(`${pid} ${started}`, { pid: Number(pid), started })
  }
  return { bootId, processes: [...processes.values()] }
}
