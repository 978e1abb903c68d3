import 'server-only'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { Hole, TargetIdentity } from '@/lib/inventory/model'
import type { Clients } from './clients'
import { holeFromError } from './hole'
import { readLocalHealth } from './local-health'
import { ENDPOINT_REGION, type TargetSettings } from './settings'

export type IdentityReading = { readonly identity: TargetIdentity; readonly hole: Hole | null }

/** What the person who started the console said of the target, before anything of it was asked; AWS's region is empty when it is left to the SDK. */
export const identityFromSettings = (settings: TargetSettings): TargetIdentity => ({
  kind: settings.kind,
  region: settings.region ?? (settings.endpointUrl === null ? '' : ENDPOINT_REGION),
  accountId: null,
  endpointUrl: settings.endpointUrl,
  profile: settings.profile,
  readOnly: settings.readOnly,
  localRuntime: null,
})

/** The region the clients really use; empty when none can be told, which the first call then says. Never rejects. */
export function readRegion(clients: Pick<Clients, 'ecs'>, settings: TargetSettings): Promise<string> {
  if (settings.region !== null) return Promise.resolve(settings.region)
  return clients.ecs.config.region().catch(() => '')
}

/** The account by STS; endpoints without STS leave it open, and the hole says so. */
export async function readAccountId(
  clients: Pick<Clients, 'sts'>,
  settings: TargetSettings,
  nowMs: number,
): Promise<{ readonly accountId: string | null; readonly hole: Hole | null }> {
  try {
    const answer = await clients.sts.send(new GetCallerIdentityCommand({}))
    return { accountId: answer.Account ?? null, hole: null }
  } catch (error) {
    const asked = { operation: 'sts:GetCallerIdentity', subject: null }
    return { accountId: null, hole: holeFromError(error, asked, settings, nowMs) }
  }
}

async function readLocalRuntime(settings: TargetSettings): Promise<TargetIdentity['localRuntime']> {
  if (settings.kind !== 'local' || settings.endpointUrl === null) return null
  // An endpoint that does not tell is still readable by its API; what is wrong with it shows there.
  return readLocalHealth(settings.endpointUrl).then(
    (health) => health.runtime,
    () => null,
  )
}

/** Which account, region and endpoint this target really is. */
export async function readIdentity(
  clients: Pick<Clients, 'ecs' | 'sts'>,
  settings: TargetSettings,
  nowMs: number,
): Promise<IdentityReading> {
  const [region, account, localRuntime] = await Promise.all([
    readRegion(clients, settings),
    readAccountId(clients, settings, nowMs),
    readLocalRuntime(settings),
  ])
  return {
    identity: { ...identityFromSettings(settings), region, accountId: account.accountId, localRuntime },
    hole: account.hole,
  }
}
