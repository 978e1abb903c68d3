import ipaddr from 'ipaddr.js'
import { canonicalAddress, isLoopback } from './address'

/** A socket that belongs to Switchboard itself. `0.0.0.0` and `::` mean every address of this machine. */
export type OwnListener = { readonly host: string; readonly port: number }

/** What a call may reach: built anew for every run from the service that was chosen. */
export type Reach = {
  /** Addresses that ECS or Cloud Map returned for the chosen service; canonical. */
  readonly instanceAddresses: ReadonlySet<string>
  /** Ports that its task definition or its registrations name. */
  readonly ports: ReadonlySet<number>
  /** Whether the target is the local cloud: only there tasks live on loopback addresses. */
  readonly targetIsLocal: boolean
  /** The console, the local cloud's API and its DNS. */
  readonly ownListeners: readonly OwnListener[]
  /** Addresses of this machine's own interfaces; they matter only for listeners on every address. */
  readonly ownAddresses: ReadonlySet<string>
}

/** Address ranges that no service task can have, whatever a DNS answer or a registration says. */
const neverCalled: readonly { readonly cidr: string; readonly why: string }[] = [
  { cidr: '0.0.0.0/8', why: 'it means "this machine", not a task' },
  { cidr: '169.254.0.0/16', why: 'it is link-local: instance metadata and task credentials live there' },
  { cidr: '224.0.0.0/4', why: 'it is a multicast address' },
  { cidr: '255.255.255.255/32', why: 'it is the broadcast address' },
  { cidr: 'fd00:ec2::/32', why: 'it belongs to the metadata and DNS services of EC2' },
  { cidr: 'fe80::/10', why: 'it is link-local' },
  { cidr: 'ff00::/8', why: 'it is a multicast address' },
  // Each of these carries an IPv4 address inside and would be a way around the rows above.
  { cidr: '::/128', why: 'it means "any address", not a task' },
  { cidr: '64:ff9b::/96', why: 'it is an IPv4 address in disguise (NAT64)' },
  { cidr: '64:ff9b:1::/48', why: 'it is an IPv4 address in disguise (NAT64)' },
  { cidr: '2002::/16', why: 'it is an IPv4 address in disguise (6to4)' },
  { cidr: '2001::/32', why: 'it is an IPv4 address in disguise (Teredo)' },
]

const inRange = (address: ipaddr.IPv4 | ipaddr.IPv6, cidr: string): boolean => {
  const [network, bits] = ipaddr.parseCIDR(cidr)
  return address.kind() === network.kind() && address.match(network, bits)
}

/** `::a.b.c.d` without `ffff`: long deprecated, still understood by some systems. ::1 is left to the loopback rule. */
const isIPv4Compatible = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  inRange(address, '::/96') && address.toString() !== '::1'

/** Why an address may never be called, or null. Takes a canonical address. */
export const refusalOfRange = (address: string): string | null => {
  const parsed = ipaddr.parse(address)
  const row = neverCalled.find((candidate) => inRange(parsed, candidate.cidr))
  if (row) return row.why
  return isIPv4Compatible(parsed) ? 'it is an IPv4 address in disguise' : null
}

const isEveryAddress = (host: string): boolean => host === '0.0.0.0' || host === '::'

const ownListenerAt = (address: string, port: number, reach: Reach): boolean =>
  reach.ownListeners.some((listener) => {
    if (listener.port !== port) return false
    if (address === '127.0.0.1' || address === '::1') return true
    if (isEveryAddress(listener.host)) return isLoopback(address) || reach.ownAddresses.has(address)
    return canonicalAddress(listener.host) === address
  })

/**
 * Why the console does not connect to this address and port, or null when it may.
 * Everything is denied that is not an instance of the chosen service (threat model, SSRF through the probe).
 *
 * @param text the address exactly as DNS, Cloud Map or ECS gave it
 */
export const refusalOf = (text: string, port: number, reach: Reach): string | null => {
  const address = canonicalAddress(text)
  if (address === null) return 'it is not an IP address in plain notation'
  const range = refusalOfRange(address)
  if (range) return range
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return `${port} is not a port`
  if (ownListenerAt(address, port, reach)) return 'it is a port of Switchboard itself'
  if (isLoopback(address) && !reach.targetIsLocal)
    return 'it is this machine, and the target is not the local cloud'
  if (!reach.instanceAddresses.has(address))
    return 'neither ECS nor Cloud Map has an instance there for this service'
  if (!reach.ports.has(port)) return `port ${port} is not one that this service names`
  return null
}

/**
 * The same for a whole URL, for example a redirect's. Only `http:` without user information passes. The URL parser turns
 * every spelling of an address (decimal, octal, hex) into the address it means; a name is refused, since nobody checked it.
 */
export const refusalOfUrl = (text: string, reach: Reach): string | null => {
  if (!URL.canParse(text)) return 'it is not a URL'
  const url = new URL(text)
  if (url.protocol !== 'http:') return `only http: is called, not ${url.protocol}`
  if (url.username !== '' || url.password !== '') return 'it carries a user name or password'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (canonicalAddress(host) === null) return 'it names a host that was not resolved and checked'
  return refusalOf(host, url.port === '' ? 80 : Number(url.port), reach)
}
