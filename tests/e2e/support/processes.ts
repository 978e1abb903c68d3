import { readdirSync, readFileSync } from 'node:fs'

/**
 * The process that is this task, found as an operator would: by what its environment or command line says of the task.
 * Linux only, like the addresses that tasks have.
 */
export async function processOfTask(taskId: string): Promise<number> {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const text = ['environ', 'cmdline'].map((file) => readIfAllowed(`/proc/${pid}/${file}`)).join('\0')
    if (text.includes(taskId)) return Number(pid)
  }
  throw new Error(`No process says that it is task ${taskId}.`)
}

function readIfAllowed(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Gone between the listing and the look, or another user's.
    return ''
  }
}
