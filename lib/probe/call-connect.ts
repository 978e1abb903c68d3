import { connect, type Socket } from 'node:net'
import { CallError } from './call-error'

/** Opens one TCP connection to a checked address. Passed in, so that tests can count. */
export type OpenSocket = (address: string, port: number) => Socket

/**
 * The system's own socket. `lookup` fails on purpose: an address literal needs none, so a name can never be resolved a
 * second time behind the guard's back.
 */
export const openSocket: OpenSocket = (address, port) =>
  connect({
    host: address,
    port,
    noDelay: true,
    lookup: (hostname, _options, callback) =>
      callback(
        new CallError('denied', `${hostname} is not an address; only checked addresses are connected to.`),
        '',
      ),
  })

/** Resolves when the connection stands; else throws `CallError` or the system's error, and leaves no socket open. */
export const connected = (socket: Socket, timeoutMs: number, signal: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      socket.off('connect', onConnect).off('error', onError)
      signal.removeEventListener('abort', onAbort)
      finish()
    }
    const fail = (error: unknown) =>
      settle(() => {
        // A socket that is going away may still report an error; nobody else listens by then.
        socket.on('error', () => undefined)
        socket.destroy()
        reject(error)
      })
    const onConnect = () =>
      settle(() => {
        // It may break before its user listens; the user finds it destroyed.
        socket.on('error', () => undefined)
        resolve(socket)
      })
    const onError = (error: Error) => fail(error)
    const onAbort = () => fail(signal.reason)
    const timer = setTimeout(
      () => fail(new CallError('connect-timeout', `No connection within ${timeoutMs} ms.`)),
      timeoutMs,
    )
    socket.once('connect', onConnect).once('error', onError)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
