import { expect } from '@playwright/test'

const at = (cloudUrl: string) => `${cloudUrl}/_local/faults`

/** Breaks calls of a local cloud that was started with `--faults`; see lib/emulator/control/fault.ts. */
export async function breakCalls(cloudUrl: string, fault: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(at(cloudUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  })
  expect(answer.status).toBe(201)
}

/** Everything works again; operations that were held go on. */
export async function mendCalls(cloudUrl: string): Promise<void> {
  expect((await fetch(at(cloudUrl), { method: 'DELETE' })).status).toBe(200)
}
