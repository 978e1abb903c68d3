import { chooseFault } from './choose-fault'
import type { Fault, FaultCount } from './fault'

/** What the operation that a call has started meets: nothing, an end in FAIL, or a wait until the fault is cleared. */
export type OperationFault =
  | { readonly kind: 'fail-operation'; readonly errorCode: string; readonly errorMessage: string }
  | { readonly kind: 'hold-operation'; whenCleared(goOn: () => void): void }

/** The faults of one local cloud and what they have met. Without faults every question costs one comparison. */
export type FaultSwitchboard = {
  /** Throws `RangeError` when there are as many as one may tell. */
  add(fault: Fault): FaultCount
  list(): readonly FaultCount[]
  /** Clears one fault, or all of them; false when there is none of this id. Held operations go on. */
  clear(id?: string): boolean
  /** The fault around a call of this operation, counted. */
  forCall(operation: string): Fault | undefined
  /** The fault in a Cloud Map operation that this call has just started, counted. */
  forOperation(operation: string): OperationFault | undefined
}

/** More than a test needs, few enough that a loop over them is nothing. */
export const maxFaults = 500

export function makeFaultSwitchboard(): FaultSwitchboard {
  let counts: readonly FaultCount[] = []
  const held = new Map<string, (() => void)[]>()

  const release = (id: string): void => {
    const waiting = held.get(id) ?? []
    held.delete(id)
    for (const goOn of waiting) goOn()
  }

  const choose = (operation: string, place: 'call' | 'operation'): Fault | undefined => {
    if (counts.length === 0) return undefined
    const chosen = chooseFault(counts, operation, place)
    counts = chosen.counts
    return chosen.fault
  }

  return {
    add(fault) {
      if (counts.length >= maxFaults)
        throw new RangeError(`There are ${maxFaults} faults already; clear some.`)
      const count = { fault, seen: 0, hit: 0 }
      counts = [...counts, count]
      return count
    },
    list: () => counts,
    clear(id) {
      const cleared = counts.filter(({ fault }) => id === undefined || fault.id === id)
      counts = counts.filter((count) => !cleared.includes(count))
      for (const { fault } of cleared) release(fault.id)
      return id === undefined || cleared.length > 0
    },
    forCall: (operation) => choose(operation, 'call'),
    forOperation(operation) {
      const fault = choose(operation, 'operation')
      if (fault?.kind === 'fail-operation') return fault
      if (fault?.kind !== 'hold-operation') return undefined
      return {
        kind: 'hold-operation',
        whenCleared(goOn) {
          // Cleared between the call and the moment the operation would have ended.
          if (!counts.some((count) => count.fault.id === fault.id)) return goOn()
          held.set(fault.id, [...(held.get(fault.id) ?? []), goOn])
        },
      }
    },
  }
}
