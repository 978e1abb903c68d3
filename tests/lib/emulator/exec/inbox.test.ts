import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeInbox, maxEarly } from '@/lib/emulator/exec/inbox'

describe('numbered messages', () => {
  it('come out in order and once, however they come in', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.array(fc.nat(40)), (count, order) => {
        const inbox = makeInbox<number>()
        const whole = [
          ...order.filter((number) => number < count),
          ...Array.from({ length: count }, (_, at) => at),
        ]
        const out = whole.flatMap((number) => inbox.take(number, number).ready)
        expect(out).toEqual(Array.from({ length: count }, (_, at) => at))
      }),
    )
  })

  it('may be early only so far, and the one that is waited for is always taken', () => {
    const inbox = makeInbox<number>()
    for (let number = 1; number <= maxEarly; number++) expect(inbox.take(number, number).refused).toBe(false)
    expect(inbox.take(maxEarly + 1, 0).refused).toBe(true)
    expect(inbox.take(5, 5).refused).toBe(false)
    expect(inbox.take(0, 0).ready).toHaveLength(maxEarly + 1)
  })
})
