import type { Fault } from '@/lib/emulator/control/fault'

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
/** A fault as it is told; `times` and `skip` have defaults. */
export type ToldFault = Without<Fault, 'id' | 'times' | 'skip'> & { times?: number | null; skip?: number }

/** Tells a local cloud started with `faults: true` what to break; resolves with the fault's id. */
export async function breakCalls(cloudUrl: string, fault: ToldFault): Promise<string> {
  const answer = await fetch(`${cloudUrl}/_local/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  })
  const told: unknown = await answer.json()
  if (answer.status !== 201) throw new Error(`The fault was refused: ${JSON.stringify(told)}`)
  if (typeof told !== 'object' || told === null || !('id' in told) || typeof told.id !== 'string') {
    throw new Error('The answer names no fault.')
  }
  return told.id
}

/** Clears one fault, or all of them. */
export async function mendCalls(cloudUrl: string, id?: string): Promise<void> {
  const answer = await fetch(`${cloudUrl}/_local/faults${id ? `/${id}` : ''}`, { method: 'DELETE' })
  if (answer.status !== 200) throw new Error(`Clearing failed: ${await answer.text()}`)
}

/** What was told and has met no call, as `kind of operation`. */
export async function unmetFaults(cloudUrl: string): Promise<readonly string[]> {
  const answer = await fetch(`${cloudUrl}/_local/faults`)
  const { faults }: { faults: readonly (Fault & { readonly hit: number })[] } = JSON.parse(
    await answer.text(),
  )
  return faults.flatMap(({ kind, operation, hit }) => (hit === 0 ? [`${kind} of ${operation}`] : []))
}
