const net = require('node:net')
const { reachedPort } = require('./preload-ports.cjs')

/** @param {string} address */
const isOwnLocalhost = (address) => address === '127.0.0.1' || address === '0.0.0.0'

/**
 * Outgoing connections: 127.0.0.1 is the task itself, and what stays on this machine leaves from the task's address, so
 * that the other side sees who calls.
 *
 * Done at the handle, below `net.connect`: http, https, tls, http2 and fetch all end there, after the name was
 * resolved, and only there is it known whether the other end is on this machine (a bound loopback address could not
 * reach anything else).
 * @param {{ address: string, lowestPort: number, placeOf: (port: unknown) => string }} task
 */
function patchConnect({ address, lowestPort, placeOf }) {
  /** @type {WeakSet<object>} */
  const patched = new WeakSet()

  const patchHandles = (/** @type {unknown} */ handle) => {
    const inner = Reflect.get(Object(handle), '_parent') ?? handle
    if (inner?.constructor?.name !== 'TCP') return
    const prototype = Object.getPrototypeOf(inner)
    if (patched.has(prototype) || typeof prototype.connect !== 'function') return
    patched.add(prototype)
    const { connect } = prototype
    prototype.connect = function (
      /** @type {unknown} */ request,
      /** @type {string} */ host,
      /** @type {number} */ port,
    ) {
      if (!host.startsWith('127.') && host !== '0.0.0.0') return connect.call(this, request, host, port)
      // Refused when the program chose a local address itself; then its choice stands.
      this.bind(address, 0)
      // All of 127/8 but 127.0.0.1 are tasks, and that one is this task.
      const isOwn = isOwnLocalhost(host) || host === address
      return connect.call(this, request, isOwn ? placeOf(port) : host, reachedPort(port, lowestPort))
    }
    const { connect6 } = prototype
    prototype.connect6 = function (
      /** @type {unknown} */ request,
      /** @type {string} */ host,
      /** @type {number} */ port,
    ) {
      if (host !== '::1' && host !== '::') return connect6.call(this, request, host, port)
      return this.connect(request, '127.0.0.1', port)
    }
  }

  const connect = net.Socket.prototype.connect
  net.Socket.prototype.connect = function (/** @type {unknown[]} */ ...args) {
    const result = Reflect.apply(connect, this, args)
    // Node connects a tick later at the earliest, so the very first connection is still in time.
    patchHandles(Reflect.get(this, '_handle'))
    return result
  }
}

module.exports = { patchConnect }
