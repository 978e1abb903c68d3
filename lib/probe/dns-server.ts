import 'server-only'
import { readLocalHealth } from '@/lib/target/local-health'
import { canonicalAddress, isLoopback, toUrlHost } from './address'

/** How long an answer is believed: a restarted local cloud may have another DNS port. */
const believedMs = 10_000

export type DnsServerSource = {
  /** `host:port` of the local cloud's DNS. Throws when the local cloud does not answer, or names a foreign host. */
  read(endpointUrl: string): Promise<string>
  /** The lowest port that tasks of this local cloud have as such; 0: all of them. Throws as `read` does. */
  readLowestPort(endpointUrl: string): Promise<number>
}

type Learnt = { readonly server: string; readonly lowestPort: number }
type ReadHealth = (
  endpointUrl: string,
) => Promise<{ dns: { host: string; port: number }; lowestPort: number }>

/**
 * Learns the local cloud's DNS server over the wire (`GET /_local/health`), and remembers it for a while.
 * Only a loopback address is believed: the local cloud never listens elsewhere.
 *
 * @param now milliseconds of a monotonic clock
 */
export const makeDnsServerSource = (
  now: () => number,
  readHealth: ReadHealth = readLocalHealth,
): DnsServerSource => {
  const known = new Map<string, { readonly untilMs: number; readonly learnt: Promise<Learnt> }>()

  const readNow = async (endpointUrl: string): Promise<Learnt> => {
    const { dns, lowestPort } = await readHealth(endpointUrl)
    const address = canonicalAddress(dns.host)
    if (address === null || !isLoopback(address))
      throw new Error(`The local cloud names a DNS server that is not on this machine (${dns.host}).`)
    return { server: `${toUrlHost(address)}:${dns.port}`, lowestPort }
  }

  const learn = (endpointUrl: string): Promise<Learnt> => {
    const entry = known.get(endpointUrl)
    if (entry && entry.untilMs > now()) return entry.learnt
    const learnt = readNow(endpointUrl)
    known.set(endpointUrl, { untilMs: now() + believedMs, learnt })
    learnt.catch(() => known.delete(endpointUrl))
    return learnt
  }

  return {
    read: async (endpointUrl) => (await learn(endpointUrl)).server,
    readLowestPort: async (endpointUrl) => (await learn(endpointUrl)).lowestPort,
  }
}
