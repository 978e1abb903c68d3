import 'server-only'
import { z } from 'zod'

const healthSchema = z.object({
  service: z.literal('switchboard-local-cloud'),
  runtime: z.enum(['process', 'simulated']),
  dns: z.object({ host: z.string(), port: z.number().int().min(1).max(65_535) }),
  accountId: z.string(),
  region: z.string(),
  /** Container ports below it are really 20,000 higher: the local cloud's user may not have them. */
  lowestPort: z.number().int().min(0).max(65_535).default(0),
})

/** What the local cloud tells of itself. */
export type LocalHealth = z.infer<typeof healthSchema>

const TIMEOUT_MS = 2_000

/** Asks the local cloud who it is and where its DNS server listens. Throws when something else answers there. */
export async function readLocalHealth(endpointUrl: string): Promise<LocalHealth> {
  const response = await fetch(new URL('/_local/health', endpointUrl), {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!response.ok) throw new Error(`${endpointUrl} answered ${response.status} to /_local/health.`)
  return healthSchema.parse(await response.json())
}
