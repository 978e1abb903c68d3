import { wholeNumber } from './text'

/** Cloud Map API reference, DnsRecord and SOA: seconds. */
export const ttlSeconds = wholeNumber('The TTL', 0, 2_147_483_647)
