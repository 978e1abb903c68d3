import 'server-only'
import { type Clients, startClients } from './clients'
import { processWide } from './process-wide'
import { type TargetSettings, targetFromEnv } from './settings'

/** The console's one target. */
export type Target = {
  readonly settings: TargetSettings
  clients(): Clients
  /** Throws the clients away, so that credentials, profile and connections are resolved anew. */
  renew(): void
  /** The account that people read on the screen, once known. */
  pinnedAccountId: string | null
}

/** Longer than any request may take. */
const RETIRE_MS = 60_000

export function makeTarget(
  settings: TargetSettings,
  env: Readonly<Record<string, string | undefined>>,
): Target {
  let clients: Clients | null = null
  return {
    settings,
    pinnedAccountId: null,
    clients() {
      clients ??= startClients(settings, env)
      return clients
    },
    renew() {
      const old = clients
      clients = null
      // A change that is under way still gets its answer.
      if (old) setTimeout(() => old.stop(), RETIRE_MS).unref()
    },
  }
}

/** The target that the console was started with. */
export function currentTarget(): Target {
  return processWide('target', () => makeTarget(targetFromEnv(process.env), process.env))
}
