import { Duplex } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { Farewell } from '@/lib/emulator/service-connect/plane/http1/farewell'
import { LazyTimer } from '@/lib/emulator/service-connect/plane/lazy-timer'

/** A connection whose other side takes what is written when `take` is called. */
function makeSocket() {
  const waiting: (() => void)[] = []
  const stream = new Duplex({
    highWaterMark: 1,
    autoDestroy: false,
    read() {},
    write: (_chunk, _encoding, taken) => waiting.push(taken),
  })
  return { socket: stream, take: () => waiting.shift()?.() }
}
const make = (...said: string[]) => {
  const { socket, take } = makeSocket()
  for (const text of said) socket.write(text)
  const timer = new LazyTimer(() => Number.POSITIVE_INFINITY)
  const farewell = new Farewell(socket, timer)
  timer.stop()
  return { socket, take, farewell }
}

describe('a farewell', () => {
  it('gives a caller that takes its answer piece by piece new time for each', () => {
    const { socket, take, farewell } = make('one', 'two', 'three')
    take()
    expect(farewell.due(30_000)).toBe(60_000)
    take()
    expect(farewell.due(60_000)).toBe(90_000)
    expect(socket.destroyed).toBe(false)
  })

  it('gives up on a caller that takes nothing', () => {
    const { socket, farewell } = make('one', 'two')
    expect(farewell.due(30_000)).toBe(Number.POSITIVE_INFINITY)
    expect(socket.destroyed).toBe(true)
  })

  it('listens for a second after the last byte has left, then closes', async () => {
    const { socket, take, farewell } = make('all')
    vi.spyOn(performance, 'now').mockReturnValue(5_000)
    const said = new Promise((resolve) => socket.once('finish', resolve))
    take()
    await said
    vi.restoreAllMocks()
    expect(farewell.due(5_400)).toBe(6_000)
    expect(socket.destroyed).toBe(false)
    expect(farewell.due(6_000)).toBe(Number.POSITIVE_INFINITY)
    expect(socket.destroyed).toBe(true)
  })
})
