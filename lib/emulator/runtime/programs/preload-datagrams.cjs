const dgram = require('node:dgram')
const { meansHere } = require('./preload-listen.cjs')

/**
 * UDP sockets for everybody or for localhost are bound to the task's address; so are those that only send, unless
 * they send away from this machine.
 * @param {{ address: string }} task
 */
function patchDatagrams({ address }) {
  const { bind, send } = dgram.Socket.prototype
  /** @type {WeakSet<object>} */
  const sendingAway = new WeakSet()

  dgram.Socket.prototype.bind = function (/** @type {unknown[]} */ ...args) {
    if (sendingAway.has(this)) return Reflect.apply(bind, this, args)
    const own = Reflect.get(this, 'type') === 'udp6' ? `::ffff:${address}` : address
    const callbacks = args.filter((one) => typeof one === 'function')
    const [first, second] = args
    if (typeof first === 'object' && first !== null) {
      const options = /** @type {Record<string, unknown>} */ (first)
      if (options.fd !== undefined || !meansHere(options.address, address))
        return Reflect.apply(bind, this, args)
      return Reflect.apply(bind, this, [{ ...options, address: own }, ...callbacks])
    }
    if (typeof second === 'string' && !meansHere(second, address)) return Reflect.apply(bind, this, args)
    return Reflect.apply(bind, this, [typeof first === 'number' ? first : 0, own, ...callbacks])
  }

  dgram.Socket.prototype.send = function (/** @type {unknown[]} */ ...args) {
    // (msg, port, address, callback) or (msg, offset, length, port, address, callback)
    const at = args.findLastIndex((one) => typeof one === 'string' && one !== args[0])
    const target = at === -1 ? '127.0.0.1' : String(args[at])
    const away = /^[\d.]+$/.test(target)
      ? !target.startsWith('127.')
      : target.includes(':') && target !== '::1'
    if (away) sendingAway.add(this)
    if (
      at !== -1 &&
      (target === '127.0.0.1' || target === 'localhost') &&
      Reflect.get(this, 'type') === 'udp4'
    )
      args[at] = address
    return Reflect.apply(send, this, args)
  }
}

module.exports = { patchDatagrams }
