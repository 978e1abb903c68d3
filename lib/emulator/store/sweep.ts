import { signalGroup } from '../runtime/process-group'
import type { KnownProcess } from './process-ledger'
import { readLedger } from './process-ledger'
import type { ProcessTable } from './process-table'
import { codeOf } from './store-error'

/** What to end of a container that an earlier local cloud started: its whole group, or what is left of it. */
export type SweepStep =
  | { readonly kind: 'group'; readonly groupId: number }
  | { readonly kind: 'process'; readonly pid: number }

/**
 * Whom to end. A process counts as ours only with the start time that was written down for its pid in this same boot,
 * and as leader of its group: then the whole group is ours. Where the leader is gone, its number cannot have been given
 * to somebody else while its group lives, but ours may all be gone; so members are ended one by one, and only those
 * that say themselves that a local cloud started them.
 */
export function planSweep(
  ledger: { readonly bootId: string; readonly processes: readonly KnownProcess[] },
  table: ProcessTable,
): SweepStep[] {
  if (ledger.bootId === '' || ledger.bootId !== table.bootId) return []
  return ledger.processes.flatMap(({ pid, started }): SweepStep[] => {
    const seen = table.see(pid)
    if (seen) {
      const isOurs = seen.started === started && seen.groupId === pid
      return isOurs ? [{ kind: 'group', groupId: pid }] : []
    }
    return table.seeMembers(pid).map((member) => ({ kind: 'process', pid: member.pid }))
  })
}

/** Ends what an earlier local cloud of this folder left behind; gives back how many groups and processes that were. */
export function sweepProcesses(folder: string, table: ProcessTable): number {
  const ledger = readLedger(folder)
  const steps = ledger ? planSweep(ledger, table) : []
  for (const step of steps) {
    if (step.kind === 'group') signalGroup(step.groupId, 'SIGKILL')
    else killProcess(step.pid)
  }
  return steps.length
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // Gone between the look and the signal.
    if (codeOf(error) !== 'ESRCH') throw error
  }
}
