const dns = require('node:dns')
const net = require('node:net')

/**
 * @typedef {{ address: string, hostname: string, dnsServer: string, hosts: ReadonlyMap<string, string> }} Task
 * @typedef {{ address: string, family: 4 | 6 }} Answer
 */

/** Short enough that a dead local cloud is noticed, long enough for a busy one. */
const resolverOptions = { timeout: 2000, tries: 2 }

const ipv6Loopback = new Set(['ip6-localhost', 'ip6-loopback'])

/**
 * The error that `getaddrinfo` would give.
 * @param {'ENOTFOUND' | 'EAI_AGAIN'} code
 * @param {string} hostname
 */
function lookupError(code, hostname) {
  const errno = code === 'ENOTFOUND' ? -3008 : -3001
  return Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), {
    errno,
    code,
    syscall: 'getaddrinfo',
    hostname,
  })
}

/** No such name here; anything else (no server, timeout) may pass. */
const notFound = new Set(['ENOTFOUND', 'ENODATA', 'EREFUSED', 'EBADNAME', 'EFORMERR', 'ENOTIMP'])

/**
 * Answers names as a task sees them: itself, literal addresses, its Service Connect aliases, then the local cloud's DNS. Nothing else: it recurses
 * nowhere, so a task reaches no name of the outside world by accident.
 * @param {Task} task
 * @param {dns.promises.Resolver} resolver
 * @returns {(hostname: string, family: number) => Promise<Answer[]>}
 */
function makeReadAddresses({ address, hostname: ownName, hosts }, resolver) {
  return async (hostname, family) => {
    const name = hostname.toLowerCase().replace(/\.$/, '')
    const literal = net.isIP(hostname)
    if (literal === 4 || literal === 6) return [{ address: hostname, family: literal }]
    if (name === 'localhost' || name.endsWith('.localhost') || name === ownName || ipv6Loopback.has(name)) {
      return [{ address, family: 4 }]
    }
    const alias = hosts.get(name)
    if (alias !== undefined && family !== 6) return [{ address: alias, family: 4 }]
    const [four, six] = await Promise.allSettled([
      family === 6 ? [] : resolver.resolve4(name),
      family === 4 ? [] : resolver.resolve6(name),
    ])
    /** @type {Answer[]} */
    const answers = []
    if (four.status === 'fulfilled') for (const one of four.value) answers.push({ address: one, family: 4 })
    if (six.status === 'fulfilled') for (const one of six.value) answers.push({ address: one, family: 6 })
    if (answers.length > 0) return answers
    const failures = [four, six].flatMap((one) => (one.status === 'rejected' ? [one.reason?.code] : []))
    throw lookupError(failures.every((code) => notFound.has(code)) ? 'ENOTFOUND' : 'EAI_AGAIN', hostname)
  }
}

/** @param {unknown} options */
const lookupOptions = (options) => {
  const given = typeof options === 'object' && options !== null ? options : { family: options }
  const family = Reflect.get(given, 'family')
  return {
    all: Reflect.get(given, 'all') === true,
    family: family === 4 || family === 'IPv4' ? 4 : family === 6 || family === 'IPv6' ? 6 : 0,
  }
}

/**
 * `dns.lookup` (and with it every connection by name), `dns.resolve*` and new Resolvers ask the local cloud, from the
 * task's own address: that is how the local cloud knows whose names to answer.
 * @param {Task} task
 */
function patchNames(task) {
  const resolver = new dns.Resolver(resolverOptions)
  const promised = new dns.promises.Resolver(resolverOptions)
  for (const one of [resolver, promised]) {
    one.setServers([task.dnsServer])
    one.setLocalAddress(task.address)
  }
  const readAddresses = makeReadAddresses(task, promised)
  const original = dns.lookup

  /** @type {(...args: unknown[]) => unknown} */
  const lookup = (hostname, ...rest) => {
    const callback = rest.at(-1)
    // What Node itself answers without asking anybody, and its errors for wrong arguments.
    if (typeof hostname !== 'string' || hostname === '' || typeof callback !== 'function') {
      return Reflect.apply(original, dns, [hostname, ...rest])
    }
    const { all, family } = lookupOptions(rest.length > 1 ? rest[0] : undefined)
    readAddresses(hostname, family).then(
      (answers) =>
        process.nextTick(callback, null, ...(all ? [answers] : [answers[0]?.address, answers[0]?.family])),
      (error) => process.nextTick(callback, error),
    )
    return {}
  }
  const lookupPromise = async (/** @type {string} */ hostname, /** @type {unknown} */ options) => {
    const { all, family } = lookupOptions(options)
    const answers = await readAddresses(hostname, family)
    return all ? answers : answers[0]
  }

  Object.defineProperty(lookup, Symbol.for('nodejs.util.promisify.custom'), { value: lookupPromise })
  Object.defineProperty(dns, 'lookup', {
    value: lookup,
    configurable: true,
    enumerable: true,
    writable: true,
  })
  Object.defineProperty(dns.promises, 'lookup', {
    value: lookupPromise,
    configurable: true,
    enumerable: true,
    writable: true,
  })
  replaceMethods(dns, resolver)
  replaceMethods(dns.promises, promised)
  replaceResolvers(task)
}

/**
 * @param {object} module
 * @param {object} resolver
 */
function replaceMethods(module, resolver) {
  for (const name of Object.getOwnPropertyNames(module)) {
    const method = /^(resolve|reverse$|getServers$|setServers$)/.test(name)
      ? Reflect.get(resolver, name)
      : undefined
    if (typeof method === 'function') Reflect.set(module, name, method.bind(resolver))
  }
}

/** @param {Task} task */
function replaceResolvers({ address, dnsServer }) {
  const settle = (/** @type {dns.Resolver | dns.promises.Resolver} */ resolver) => {
    resolver.setServers([dnsServer])
    resolver.setLocalAddress(address)
  }
  const { Resolver } = dns
  const { Resolver: PromisesResolver } = dns.promises
  dns.Resolver = class extends Resolver {
    constructor(/** @type {dns.ResolverOptions | undefined} */ options) {
      super({ ...resolverOptions, ...options })
      settle(this)
    }
  }
  dns.promises.Resolver = class extends PromisesResolver {
    constructor(/** @type {dns.ResolverOptions | undefined} */ options) {
      super({ ...resolverOptions, ...options })
      settle(this)
    }
  }
}

module.exports = { patchNames }
