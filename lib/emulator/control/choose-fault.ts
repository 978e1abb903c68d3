import type { Fault, FaultCount } from './fault'

/** Where a fault strikes: around a call, or in the Cloud Map operation that a call has started. */
export type FaultPlace = 'call' | 'operation'

export const placeOf = ({ kind }: Pick<Fault, 'kind'>): FaultPlace =>
  kind === 'fail-operation' || kind === 'hold-operation' ? 'operation' : 'call'

/** Whether a fault's `operation` means this one: the same name, `service:*` or `*`. */
export function meansOperation(pattern: string, operation: string): boolean {
  if (pattern === '*' || pattern === operation) return true
  return pattern.endsWith(':*') && operation.startsWith(pattern.slice(0, -1))
}

/**
 * Which fault hits this call, and the counts after it. Every matching fault counts the call; the first one that is due
 * (more calls seen than it skips, fewer hit than its `times`) hits it.
 */
export function chooseFault(
  counts: readonly FaultCount[],
  operation: string,
  place: FaultPlace,
): { readonly fault: Fault | undefined; readonly counts: readonly FaultCount[] } {
  let chosen: Fault | undefined
  const after = counts.map((count) => {
    const { fault, hit } = count
    if (placeOf(fault) !== place || !meansOperation(fault.operation, operation)) return count
    const seen = count.seen + 1
    const due = seen > fault.skip && (fault.times === null || hit < fault.times)
    if (chosen || !due) return { fault, seen, hit }
    chosen = fault
    return { fault, seen, hit: hit + 1 }
  })
  return { fault: chosen, counts: after }
}
