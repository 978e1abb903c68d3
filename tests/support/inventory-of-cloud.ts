import type { Inventory } from '@/lib/emulator/control/inventory'

/** What a local cloud holds, by its own count; for tests that say "nothing is left". */
export async function readInventory(cloudUrl: string): Promise<Inventory> {
  const answer = await fetch(`${cloudUrl}/_local/inventory`)
  if (answer.status !== 200) throw new Error(`The inventory was refused: ${await answer.text()}`)
  return JSON.parse(await answer.text())
}
