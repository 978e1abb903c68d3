import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeAddressPool } from '@/lib/emulator/runtime/address-pool'

describe('task addresses', () => {
  it('count up from .11', () => {
    const pool = makeAddressPool(10)
    expect([pool.allocate(), pool.allocate(), pool.allocate()]).toEqual([
      '127.10.0.11',
      '127.10.0.12',
      '127.10.0.13',
    ])
  })

  it('go over to the next part of the block without .0 and .255', () => {
    const pool = makeAddressPool(77)
    const all = Array.from({ length: 250 }, () => pool.allocate())
    expect(all.slice(243, 246)).toEqual(['127.77.0.254', '127.77.1.1', '127.77.1.2'])
  })

  it('are not given again right after they were freed', () => {
    const pool = makeAddressPool(10)
    const first = pool.allocate()
    pool.release(first)
    expect(pool.allocate()).not.toBe(first)
  })

  it('come round again when all others had their turn, past those in use', () => {
    const pool = makeAddressPool(10, 3)
    const [first, second] = [pool.allocate(), pool.allocate(), pool.allocate()]
    pool.release(first)
    pool.release('127.99.0.1')
    expect(pool.allocate()).toBe(first)
    pool.release(second)
    expect(pool.allocate()).toBe(second)
  })

  it('run out with a sentence that says what to do', () => {
    const pool = makeAddressPool(10, 2)
    pool.allocate()
    pool.allocate()
    expect(() => pool.allocate()).toThrow(
      /All 2 task addresses of 127\.10\.0\.0\/16 are in use\. Stop some tasks/,
    )
  })

  it('are never shared, and all of them can be used', () => {
    const pool = makeAddressPool(250)
    const all = new Set(Array.from({ length: 256 * 254 - 11 }, () => pool.allocate()))
    expect(all.size).toBe(256 * 254 - 11)
    expect([...all].every((address) => /^127\.250\.(\d{1,3})\.(?!0$|255$)\d{1,3}$/.test(address))).toBe(true)
    expect(all.has('127.250.0.1')).toBe(false)
    expect(() => pool.allocate()).toThrow()
  })

  it('are unique among the living whatever is freed when', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant('take'), fc.nat(9)), { maxLength: 60 }), (moves) => {
        const pool = makeAddressPool(10, 10)
        const living: string[] = []
        for (const move of moves) {
          if (move === 'take' && living.length < 10) {
            const address = pool.allocate()
            expect(living).not.toContain(address)
            living.push(address)
          } else if (typeof move === 'number') {
            const [gone] = living.splice(move, 1)
            if (gone) pool.release(gone)
          }
        }
      }),
    )
  })
})
