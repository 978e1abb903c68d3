import { connect } from 'node:net'
import type { Clock } from '../clock'

/** Where something is to listen. */
export type WatchedPort = { readonly address: string; readonly port: number }

/**
 * Calls `done` once, when every port takes connections or the time is over, with those that do not. Gives back how to give
 * it up; `done` is not called then.
 */
export type WatchPorts = (
  ports: readonly WatchedPort[],
  clock: Clock,
  withinMs: number,
  done: (missing: readonly WatchedPort[]) => void,
) => () => void

const everyMs = 15
const attemptMs = 500

/** See `WatchPorts`: connects to each port and hangs up, again and again until it could. */
export const watchPorts: WatchPorts = (ports, clock, withinMs, done) => {
  const endsAtMs = clock.now() + withinMs
  let missing = [...ports]
  let isOver = false
  let cancel = (): void => undefined

  const look = async (): Promise<void> => {
    const answers = await Promise.all(missing.map(async (one) => ({ one, open: await isOpen(one) })))
    if (isOver) return
    missing = answers.flatMap(({ one, open }) => (open ? [] : [one]))
    if (missing.length > 0 && clock.now() < endsAtMs) {
      cancel = clock.after(everyMs, () => void look())
      return
    }
    isOver = true
    done(missing)
  }
  void look()
  return () => {
    isOver = true
    cancel()
  }
}

const isOpen = ({ address, port }: WatchedPort): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port })
    const settle = (open: boolean): void => {
      socket.destroy()
      resolve(open)
    }
    socket.setTimeout(attemptMs, () => settle(false))
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
