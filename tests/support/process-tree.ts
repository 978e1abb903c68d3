import { readdirSync, readFileSync } from 'node:fs'

type Process = {
  readonly pid: number
  readonly parent: number
  readonly started: string
  readonly state: string
  readonly args: readonly string[]
}

/** One process as /proc tells it; undefined when it is gone. Linux only. */
function readProcess(pid: number): Process | undefined {
  let stat: string
  let args: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    args = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // Gone between the listing and the look.
    return undefined
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    pid,
    parent: Number(fields[1]),
    started: fields[19] ?? '',
    state: fields[0] ?? '',
    args: args.split('\0'),
  }
}

const allProcesses = (): readonly Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? [])

/** All that run with this argument, whoever started them and whoever is their parent by now; zombies not counted. */
export const runningWith = (arg: string): readonly Process[] =>
  allProcesses().filter(({ args, state }) => args.includes(arg) && state !== 'Z')

/** A process and everything below it, now. */
export function treeOf(root: number): readonly Process[] {
  const all = allProcesses()
  const tree = all.filter((process) => process.pid === root)
  for (const process of tree) tree.push(...all.filter((candidate) => candidate.parent === process.pid))
  return tree
}

/** Those of them that still run: the same pid with the same start time, zombies not counted. */
export const stillRunning = (processes: readonly Process[]): readonly Process[] =>
  processes.filter(({ pid, started }) => {
    const now = readProcess(pid)
    return now !== undefined && now.started === started && now.state !== 'Z'
  })
