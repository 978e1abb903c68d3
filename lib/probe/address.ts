import ipaddr from 'ipaddr.js'

/**
 * The canonical form of an IP address literal, or null for anything else.
 * Strict on purpose: `127.1`, `0x7f000001`, `2130706433` and `0177.0.0.1` are addresses to some libraries and names to
 * others, so here they are neither. IPv4 inside IPv6 (`::ffff:10.0.0.1`) comes out as the IPv4 address it means.
 */
export const canonicalAddress = (text: string): string | null => {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toString()
  // A zone (`fe80::1%eth0`) belongs to one machine's interface; no discovery service can mean it.
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return null
  const address = ipaddr.IPv6.parse(text)
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toString()
}

/** 127.0.0.0/8 or ::1. Takes a canonical address. */
export const isLoopback = (address: string): boolean => ipaddr.parse(address).range() === 'loopback'

/** As it stands in a URL or a `Host` header: IPv6 in brackets. */
export const toUrlHost = (address: string): string => (address.includes(':') ? `[${address}]` : address)
