import 'server-only'
import type { ServiceNode } from '@/lib/topology/model'
import { checkedCandidates, foundInTasks, reachOf, type Surroundings } from './candidates'
import { disagreements } from './compare'
import type { Found } from './found'
import type { Reach } from './guard'
import type { Candidate, Via } from './trip'

/** Asked over the network; passed in. */
export type Finders = {
  discover(namespaceName: string, serviceName: string, signal: AbortSignal): Promise<Found>
  resolveDns(name: string, signal: AbortSignal): Promise<Found>
}

/** One way of resolving, with its time and its checked addresses. */
export type Resolved = {
  readonly found: Found
  readonly candidates: readonly Candidate[]
  readonly durationMs: number
}

export type Resolution = {
  /** null: the service has no such way (no Cloud Map service, no DNS name). */
  readonly discover: Resolved | null
  readonly dns: Resolved | null
  /** The way that was chosen; null when the service does not have it. */
  readonly chosen: Resolved | null
  readonly disagreements: readonly string[]
  readonly reach: Reach
}

type Asked = { readonly via: Via; readonly port: number | null }

const timed = async (
  now: () => number,
  find: Promise<Found> | null,
): Promise<{ found: Found; durationMs: number } | null> => {
  if (!find) return null
  const startedAt = now()
  const found = await find
  return { found, durationMs: now() - startedAt }
}

/**
 * Resolves a service by Cloud Map's API and by DNS at the same time, whichever is called by, so that the two can be
 * compared; every answer is checked before it may be called.
 */
export const resolve = async (
  service: ServiceNode,
  asked: Asked,
  finders: Finders,
  around: Surroundings,
  now: () => number,
  signal: AbortSignal,
): Promise<Resolution> => {
  const facts = service.discovery
  const [byApi, byDns] = await Promise.all([
    timed(now, facts && finders.discover(facts.namespaceName, facts.name, signal)),
    timed(now, facts?.dnsName ? finders.resolveDns(facts.dnsName, signal) : null),
  ])
  const reach = reachOf(service, byApi?.found ?? null, around)
  const check = (way: { found: Found; durationMs: number } | null): Resolved | null =>
    way && { ...way, candidates: checkedCandidates(way.found, service, reach, asked.port) }
  const discover = check(byApi)
  const dns = check(byDns)
  const ways = {
    discover,
    dns,
    tasks: asked.via === 'tasks' ? check({ found: foundInTasks(service), durationMs: 0 }) : null,
  }
  return {
    discover,
    dns,
    // This machine has no proxy that would know an alias.
    chosen: asked.via === 'alias' ? null : ways[asked.via],
    disagreements: facts && byApi && byDns ? disagreements(byApi.found, byDns.found, facts) : [],
    reach,
  }
}

/** How long a run believes an answer before it asks again. */
const believedMs = 1_000

/** Resolutions of one run: asked again when older than a second, once at a time whatever the number of calls. */
export const makeResolutions = (read: () => Promise<Resolution>, now: () => number) => {
  let latest: { readonly promise: Promise<Resolution>; doneAtMs: number | null } | null = null
  return (): Promise<Resolution> => {
    const fresh = latest && (latest.doneAtMs === null || now() - latest.doneAtMs < believedMs)
    if (latest && fresh) return latest.promise
    const entry: { promise: Promise<Resolution>; doneAtMs: number | null } = {
      promise: read().then((resolution) => {
        entry.doneAtMs = now()
        return resolution
      }),
      doneAtMs: null,
    }
    latest = entry
    return entry.promise
  }
}
