import type { TargetKind } from '@/lib/inventory/model'

/** Which AWS the console looks at, as the person who started it said. Nothing is resolved yet. */
export type TargetSettings = {
  readonly kind: TargetKind
  /** null only for AWS's own endpoints. */
  readonly endpointUrl: string | null
  readonly profile: string | null
  /** null: left to the SDK, which reads the profile. */
  readonly region: string | null
  readonly readOnly: boolean
  /** Pause from the start of one reading to the next while somebody looks. */
  readonly pollMs: number
  /** Sentences for the person who started the console. */
  readonly warnings: readonly string[]
}

export class TargetSettingsError extends Error {
  readonly code = 'TargetSettings'
}

type Env = Readonly<Record<string, string | undefined>>

/** What is said to an endpoint when nobody named a region: emulators take any, and the SDK needs one. */
export const ENDPOINT_REGION = 'us-east-1'

const LOCAL_CLOUD_URL = 'http://127.0.0.1:4680'
const LOCAL_POLL_MS = 1_000
const AWS_POLL_MS = 10_000
const SHORTEST_POLL_MS = 250

function readKind(env: Env): TargetKind {
  const kind = env.SWITCHBOARD_TARGET || 'local'
  if (kind === 'local' || kind === 'endpoint' || kind === 'aws') return kind
  throw new TargetSettingsError(`SWITCHBOARD_TARGET is "${kind}"; it may be local, endpoint or aws.`)
}

function readEndpoint(kind: TargetKind, env: Env): string | null {
  if (kind === 'aws') return null
  const given = env.SWITCHBOARD_ENDPOINT_URL || (kind === 'local' ? LOCAL_CLOUD_URL : '')
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new TargetSettingsError(
      `"${given}" is no endpoint address. Give one such as --endpoint-url http://localhost:4566.`,
    )
  if (url.username || url.password)
    throw new TargetSettingsError('The endpoint address holds a user or password; AWS endpoints take none.')
  return url.href.replace(/\/$/, '')
}

function readPollMs(kind: TargetKind, env: Env): number {
  const fallback = kind === 'aws' ? AWS_POLL_MS : LOCAL_POLL_MS
  const given = Number(env.SWITCHBOARD_POLL_MS)
  return env.SWITCHBOARD_POLL_MS && Number.isFinite(given) ? Math.max(SHORTEST_POLL_MS, given) : fallback
}

/** The SDK reads the service id's own spelling; with this one it goes to AWS without a word. */
const MISSPELT = 'AWS_ENDPOINT_URL_SERVICE_DISCOVERY'

function warningsOf(env: Env): readonly string[] {
  if (!env[MISSPELT]) return []
  return [
    `${MISSPELT} is set, but the AWS SDK reads AWS_ENDPOINT_URL_SERVICEDISCOVERY. It is ignored here; other tools may go to AWS itself.`,
  ]
}

/**
 * The target from the environment that the launcher sets (`SWITCHBOARD_*`). In local mode nothing of `AWS_*` counts, so that nobody
 * touches an account by accident. Else the region is the flag, then `AWS_REGION`, then `AWS_DEFAULT_REGION` (which the JavaScript SDK
 * does not read by itself), then the profile's. Throws `TargetSettingsError` with a sentence for the person.
 */
export function targetFromEnv(env: Env): TargetSettings {
  const kind = readKind(env)
  const local = kind === 'local'
  return {
    kind,
    endpointUrl: readEndpoint(kind, env),
    profile: local ? null : env.SWITCHBOARD_PROFILE || env.AWS_PROFILE || null,
    region: local
      ? env.SWITCHBOARD_REGION || 'us-east-1'
      : env.SWITCHBOARD_REGION || env.AWS_REGION || env.AWS_DEFAULT_REGION || null,
    readOnly: env.SWITCHBOARD_READ_ONLY === '1',
    pollMs: readPollMs(kind, env),
    warnings: warningsOf(env),
  }
}
