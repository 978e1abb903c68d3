import { describe, expect, it } from 'vitest'
import { RequestWait } from '@/lib/emulator/service-connect/plane/http1/request-wait'

describe('the wait for a request', () => {
  it('is the idle time, from the connection’s first moment and from each answer', () => {
    const wait = new RequestWait({ headMs: 60, idleMs: 300 }, 1_000)
    expect([wait.hasBegun, wait.endsAtMs]).toEqual([false, 1_300])
    wait.idle(2_000)
    expect(wait.endsAtMs).toBe(2_300)
  })

  it('is the time for a head once a part of one is here, and the idle time again after it', () => {
    const wait = new RequestWait({ headMs: 60, idleMs: 300 }, 1_000)
    wait.begin(1_100)
    expect([wait.hasBegun, wait.endsAtMs]).toEqual([true, 1_160])
    wait.settle()
    expect([wait.hasBegun, wait.endsAtMs]).toEqual([false, 1_300])
  })

  it('never ends where the idle timeout is switched off, but a head has to', () => {
    const wait = new RequestWait({ headMs: 60, idleMs: Number.POSITIVE_INFINITY }, 1_000)
    expect(wait.endsAtMs).toBe(Number.POSITIVE_INFINITY)
    wait.begin(5_000)
    expect(wait.endsAtMs).toBe(5_060)
  })
})
