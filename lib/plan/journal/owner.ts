import { readFileSync } from 'node:fs'

/** A process that holds a run: its id, and when it began, because ids are used again. */
export type Owner = { readonly pid: number; readonly started: string }

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Not Linux, or the process is gone.
    return ''
  }
}

/** When a process began: ticks since boot and the boot's id (proc(5), /proc/pid/stat field 22). Empty where there is no /proc. */
export function startOf(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`)
  // The name in parentheses may hold spaces and parentheses of its own.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  if (ticks === '') return ''
  return `${readText('/proc/sys/kernel/random/boot_id').trim()}/${ticks}`
}

export const ownerOf = (pid: number): Owner => ({ pid, started: startOf(pid) })

/** Whether the process that took something still lives. A signal of 0 only asks (kill(2)). */
export function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null
    // Somebody else's process: it lives, and is told apart by its start.
    if (code !== 'EPERM') return false
  }
  return startOf(owner.pid) === owner.started
}
