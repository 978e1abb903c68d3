import 'server-only'
import { Resolver } from 'node:dns/promises'
import { type Found, type FoundAddress, notFound } from './found'

/** More addresses than this of one name are not needed to call it; MULTIVALUE answers hold 8. */
const maxTargets = 32

const code = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EUNKNOWN'

/** The name or the type does not exist: an answer, not a fault. */
const isNothing = (error: unknown): boolean => ['ENODATA', 'ENOTFOUND', 'ENONAME'].includes(code(error))

const sentences: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The DNS server says that this name does not exist.',
  ENODATA: 'The name exists, but has no address record.',
  ETIMEOUT: 'The DNS server did not answer in time.',
  ECONNREFUSED: 'No DNS server listens there.',
  ESERVFAIL: 'The DNS server failed.',
  EREFUSED: 'The DNS server refuses to answer for this name.',
}

/** Addresses of one host name, IPv4 first; IPv6 only when there is no IPv4. */
const readHost = async (resolver: Resolver, name: string) => {
  try {
    return await resolver.resolve4(name, { ttl: true })
  } catch (error) {
    if (!isNothing(error)) throw error
    return resolver.resolve6(name, { ttl: true }).catch((second: unknown) => {
      // "No A and no AAAA" is told as the A lookup told it.
      throw isNothing(second) ? error : second
    })
  }
}

const readSrv = async (resolver: Resolver, name: string) => {
  try {
    return await resolver.resolveSrv(name)
  } catch (error) {
    if (isNothing(error)) return []
    throw error
  }
}

const least = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.min(...values))

const ask = async (resolver: Resolver, name: string, server: string | null): Promise<Found> => {
  const shared = { failure: null, remark: null, server }
  const targets = (await readSrv(resolver, name)).slice(0, maxTargets)
  if (targets.length === 0) {
    const records = await readHost(resolver, name)
    const addresses = records.map(({ address }) => ({ address, port: null, health: null, instanceId: null }))
    const ttlSeconds = least(records.map((record) => record.ttl))
    return { ...shared, addresses, asked: addresses[0]?.address.includes(':') ? 'AAAA' : 'A', ttlSeconds }
  }
  const hosts = await Promise.all(
    targets.map(async ({ name: target, port }) => ({ port, records: await readHost(resolver, target) })),
  )
  const addresses = hosts.flatMap(({ port, records }): FoundAddress[] =>
    records.map(({ address }) => ({ address, port, health: null, instanceId: null })),
  )
  const ttlSeconds = least(hosts.flatMap(({ records }) => records.map((record) => record.ttl)))
  return { ...shared, addresses, asked: 'SRV, then A', ttlSeconds }
}

/**
 * Asks DNS for a name: SRV first (it carries ports), then A, then AAAA. A new resolver each time, so that no cache of
 * ours stands between the answer and the truth. Reads no hosts file.
 *
 * @param server `127.0.0.1:8053` for the local cloud's DNS; null for the resolvers this machine is set up with
 */
export const resolveByDns = async (
  name: string,
  server: string | null,
  signal: AbortSignal,
): Promise<Found> => {
  signal.throwIfAborted()
  const resolver = new Resolver({ timeout: 1_000, tries: 2 })
  if (server !== null) resolver.setServers([server])
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await ask(resolver, name, server)
  } catch (error) {
    signal.throwIfAborted()
    const message = sentences[code(error)] ?? (error instanceof Error ? error.message : String(error))
    return notFound('SRV, then A', { code: code(error), message }, server)
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
