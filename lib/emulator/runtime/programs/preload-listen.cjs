const net = require('node:net')
const { makeMovePort } = require('./preload-ports.cjs')

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
 * localhost listens on the task's address, and on a port that it may have.
 * @param {unknown[]} args
 * @param {{ address: string, hostname: string, movePort?: (port: unknown) => unknown, placeOf?: (port: unknown) => string }} task
 * @returns {unknown[]}
 */
function listenArguments(args, { address, hostname, movePort = (port) => port, placeOf = () => address }) {
  const [first, ...rest] = args
  if (typeof first === 'object' && first !== null) {
    const options = /** @type {Record<string, unknown>} */ (first)
    const elsewhere = ['path', 'fd', '_handle', 'handle'].some((key) => options[key] !== undefined)
    const isHere = options.host === address || meansHere(options.host, hostname)
    if (elsewhere || first instanceof net.Server || !isHere) return args
    const port = options.port === undefined ? {} : { port: movePort(options.port) }
    return [{ ...options, ...port, host: placeOf(options.port) }, ...rest]
  }
  if (first === undefined || first === null || typeof first === 'function') {
    const callbacks = args.filter((one) => typeof one === 'function')
    return [{ port: 0, host: address }, ...callbacks]
  }
  if (!isPort(first)) return args
  const [host, ...others] = rest
  const port = movePort(first)
  const place = placeOf(first)
  if (typeof host === 'string')
    return host === address || meansHere(host, hostname) ? [port, place, ...others] : args
  // (port, undefined, backlog, callback), (port, backlog, callback) and (port, callback)
  return host === undefined || host === null ? [port, place, ...others] : [port, place, ...rest]
}

/** @param {{ address: string, hostname: string, lowestPort: number, placeOf: (port: unknown) => string }} task */
function patchListen({ lowestPort, ...task }) {
  const movePort = makeMovePort(lowestPort)
  const listen = net.Server.prototype.listen
  net.Server.prototype.listen = function (/** @type {unknown[]} */ ...args) {
    return Reflect.apply(listen, this, listenArguments(args, { ...task, movePort }))
  }
}

module.exports = { meansHere, listenArguments, patchListen }
