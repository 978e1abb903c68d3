import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'

/** A resolver as the task has it, or one that asks the server that was named. @param {string | undefined} server */
export function makeResolver(server) {
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  if (server !== undefined) resolver.setServers([server])
  return resolver
}

/** Whom a resolver asks. @param {Resolver} resolver */
export const serverOf = (resolver) => {
  const [first = ''] = resolver.getServers()
  const found = /^(.*):(\d+)$/.exec(first)
  return found && !isIP(first) ? { host: found[1] ?? '', port: Number(found[2]) } : { host: first, port: 53 }
}

/** @param {string} server An address, with a port behind `#` where it is not 53. */
export const toServer = (server) => {
  const [host = '', port] = server.split('#')
  if (!isIP(host)) return undefined
  return port ? `${host}:${port}` : host
}

/** Names of the task's hosts file: Service Connect aliases, which no DNS server knows. @param {string} name */
export function hostsAddress(name) {
  try {
    const hosts = JSON.parse(process.env.SWITCHBOARD_HOSTS ?? '{}')
    const found = Object.hasOwn(hosts, name.toLowerCase()) ? hosts[name.toLowerCase()] : undefined
    return typeof found === 'string' ? found : undefined
  } catch {
    // No hosts that can be read: nothing is said about them.
    return undefined
  }
}

/** Why DNS has no answer for a name that programs in this task do resolve. @param {string} name */
export const tellAlias = (name) => {
  if (hostsAddress(name) === undefined) return
  process.stderr.write(
    `[local cloud] ${name} is a Service Connect alias: it stands in the task's hosts file, not in DNS. Try: getent hosts ${name}\n`,
  )
}

/** @param {unknown} error */
export const codeOf = (error) => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** What DNS servers call what happened. @param {unknown} error */
export const statusOf = (error) => {
  const code = codeOf(error)
  if (code === 'ENOTFOUND') return 'NXDOMAIN'
  if (code === 'EREFUSED') return 'REFUSED'
  return code === 'ENODATA' ? 'NOERROR' : 'SERVFAIL'
}

/** No server answered at all. @param {unknown} error */
export const isSilent = (error) => ['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED'].includes(codeOf(error))
