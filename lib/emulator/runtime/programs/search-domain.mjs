import { promises as dns } from 'node:dns'

/**
 * Finds a host as a resolver with a search list does: a name without a dot is looked for in each domain of
 * `SEARCH_DOMAIN` first, then as it is. Gives back the name that exists. Throws the last lookup's error.
 *
 * Yelb's own images append `search $SEARCH_DOMAIN` to resolv.conf at their start, because tasks in awsvpc mode get no
 * search domain from ECS; the programs themselves know only short names.
 * @param {string} host @returns {Promise<string>}
 */
export async function findHost(host) {
  const domains = host.includes('.') ? [] : (process.env.SEARCH_DOMAIN ?? '').split(/\s+/).filter(Boolean)
  const names = [...domains.map((domain) => `${host}.${domain}`), host]
  /** @type {unknown} */
  let last
  for (const name of names) {
    try {
      await dns.lookup(name)
      return name
    } catch (error) {
      last = error
    }
  }
  throw last
}
