import { readdir, readFile } from 'node:fs/promises'

/** What the processes of one group have used until now. */
export type GroupUsage = { readonly cpuMs: number; readonly memoryBytes: number }

/** Linux counts processor time in hundredths of a second for everybody who asks (proc(5), `sysconf(_SC_CLK_TCK)`). */
const TICK_MS = 10

/** The fields of `/proc/<pid>/stat` that matter; the name in parentheses may hold anything, so they count from its end. */
export function parseUsage(stat: string): { readonly groupId: number; readonly cpuMs: number } | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const numbers = [fields[2], fields[11], fields[12]].map(Number)
  const [groupId = Number.NaN, user = Number.NaN, system = Number.NaN] = numbers
  if (!(groupId > 0) || !(user >= 0) || !(system >= 0)) return undefined
  return { groupId, cpuMs: (user + system) * TICK_MS }
}

/** Resident memory of `/proc/<pid>/status` in bytes; 0 when it says none. */
export function parseMemory(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024
}

// Processes come and go while they are looked at.
const readOrNothing = (path: string) => readFile(path, 'utf8').catch(() => '')

/** Reads `/proc` for these groups. On systems without it nothing is known. */
export async function readGroupUsage(groups: ReadonlySet<number>): Promise<ReadonlyMap<number, GroupUsage>> {
  const usage = new Map<number, GroupUsage>()
  const names = await readdir('/proc').catch(() => [])
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue
    const told = parseUsage(await readOrNothing(`/proc/${name}/stat`))
    if (!told || !groups.has(told.groupId)) continue
    const memoryBytes = parseMemory(await readOrNothing(`/proc/${name}/status`))
    const sum = usage.get(told.groupId) ?? { cpuMs: 0, memoryBytes: 0 }
    usage.set(told.groupId, {
      cpuMs: sum.cpuMs + told.cpuMs,
      memoryBytes: sum.memoryBytes + memoryBytes,
    })
  }
  return usage
}
