import { Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pipeSockets } from '@/lib/emulator/service-connect/plane/tcp/pipe'

const idleMs = 400

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const wholeTurn = () => new Promise((resolve) => setImmediate(resolve))

/** A side whose writes are taken at once; `says` is what comes from it. */
function makeSide() {
  const heard: string[] = []
  const side = new Duplex({
    allowHalfOpen: true,
    read() {},
    write(chunk, _encoding, taken) {
      heard.push(String(chunk))
      taken()
    },
  })
  return { side, heard, says: (text: string) => side.push(text) }
}

function pipe() {
  const [caller, host] = [makeSide(), makeSide()]
  const counts = [
    { bytesIn: 0, bytesOut: 0 },
    { bytesIn: 0, bytesOut: 0 },
  ]
  pipeSockets(caller.side, host.side, idleMs, counts)
  return { caller, host, counts }
}

describe('two sides that are joined', () => {
  it('stay so while one of them speaks, however quiet the other is', async () => {
    const { caller, host } = pipe()
    for (let word = 0; word < 12; word++) {
      vi.advanceTimersByTime(idleMs - 1)
      host.says('.')
      await wholeTurn()
    }
    expect(caller.heard.join('')).toBe('............')
    expect(caller.side.destroyed).toBe(false)
  })

  it('are parted when neither has said anything for the idle time', async () => {
    const { caller, host } = pipe()
    vi.advanceTimersByTime(idleMs - 1)
    caller.says('late')
    await wholeTurn()
    vi.advanceTimersByTime(idleMs - 1)
    expect(caller.side.destroyed).toBe(false)
    vi.advanceTimersByTime(2)
    await wholeTurn()
    expect([caller.side.destroyed, host.side.destroyed]).toEqual([true, true])
  })

  it('are counted in every count, both ways', async () => {
    const { caller, host, counts } = pipe()
    caller.says('four')
    host.says('answer')
    await wholeTurn()
    expect(counts).toEqual([
      { bytesIn: 4, bytesOut: 6 },
      { bytesIn: 4, bytesOut: 6 },
    ])
  })
})
