const net = require('node:net')

/** Every way to say "here" that would leave the task's own address. */
const here = new Set([
  '',
  '0.0.0.0',
  '::',
  '::0',
  '::ffff:0.0.0.0',
  'localhost',
  '127.0.0.1',
  '::1',
  'ip6-localhost',
])

/**
 * @param {unknown} host
 * @param {string} hostname
 */
const meansHere = (host, hostname) =>
  host === undefined ||
  host === null ||
  (typeof host === 'string' && (here.has(host.toLowerCase()) || host === hostname))

/** @param {unknown} value */
const isPort = (value) => typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))

/**
 * `net.Server.listen` in all its forms (http, https, tls and http2 servers inherit it): a server for everybody or for
 * localhost listens on the task's address.
 * @param {unknown[]} args
 * @param {{ address: string, hostname: string }} task
 * @returns {unknown[]}
 */
function listenArguments(args, { address, hostname }) {
  const [first, ...rest] = args
  if (typeof first === 'object' && first !== null) {
    const options = /** @type {Record<string, unknown>} */ (first)
    const elsewhere = ['path', 'fd', '_handle', 'handle'].some((key) => options[key] !== undefined)
    if (elsewhere || first instanceof net.Server || !meansHere(options.host, hostname)) return args
    return [{ ...options, host: address }, ...rest]
  }
  if (first === undefined || first === null || typeof first === 'function') {
    const callbacks = args.filter((one) => typeof one === 'function')
    return [{ port: 0, host: address }, ...callbacks]
  }
  if (!isPort(first)) return args
  const [host, ...others] = rest
  if (typeof host === 'string') return meansHere(host, hostname) ? [first, address, ...others] : args
  // (port, undefined, backlog, callback), (port, backlog, callback) and (port, callback)
  return host === undefined || host === null ? [first, address, ...others] : [first, address, ...rest]
}

/** @param {{ address: string, hostname: string }} task */
function patchListen(task) {
  const listen = net.Server.prototype.listen
  net.Server.prototype.listen = function (/** @type {unknown[]} */ ...args) {
    return Reflect.apply(listen, this, listenArguments(args, task))
  }
}

module.exports = { meansHere, listenArguments, patchListen }
