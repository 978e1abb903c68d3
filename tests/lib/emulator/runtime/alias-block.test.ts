import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AliasBlock, claimAliasBlock, makeAliasPool } from '@/lib/emulator/runtime/alias-block'

const take = (count: number, pool: { allocate(): string }) =>
  Array.from({ length: count }, () => pool.allocate())

async function claimed(): Promise<AliasBlock> {
  const block = await claimAliasBlock()
  if (typeof block === 'string') throw new Error(block)
  return block
}

describe('addresses for names', () => {
  it('are those of one part of 127.255.0.0/16, without its first, which is the claim', () => {
    expect(take(2, makeAliasPool(0))).toEqual(['127.255.0.2', '127.255.0.3'])
    expect(take(254, makeAliasPool(1)).slice(252)).toEqual(['127.255.8.254', '127.255.9.1'])
    expect(take(1, makeAliasPool(31))).toEqual(['127.255.248.2'])
  })

  it('are never given twice, and end with a sentence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 31 }), (part) => {
        const pool = makeAliasPool(part)
        const all = take(8 * 254 - 1, pool)
        expect(new Set(all).size).toBe(all.length)
        for (const address of all) {
          const [, , network = 0, host = 0] = address.split('.').map(Number)
          expect(network >> 3).toBe(part)
          expect(host).toBeGreaterThan(0)
          expect(host).toBeLessThan(255)
        }
        expect(() => pool.allocate()).toThrow(/All addresses for Service Connect names are in use/)
        pool.release(all[7] ?? '')
        expect(pool.allocate()).toBe(all[7])
      }),
      { numRuns: 4 },
    )
  })

  it('of two local clouds on one machine are different ones', async () => {
    const [one, other] = [await claimed(), await claimed()]
    try {
      expect(one.allocate().split('.')[2]).not.toBe(other.allocate().split('.')[2])
    } finally {
      await one.giveUp()
      await other.giveUp()
    }
  })

  it('are refused with a sentence: when local clouds hold every part, and where there are none', async () => {
    const asked: string[] = []
    const refuse = (code: string) => async (host: string) => {
      asked.push(host)
      return code
    }
    expect(await claimAliasBlock(refuse('EADDRINUSE'))).toMatch(/All 32 parts .* held by local clouds/)
    expect(asked.length).toBe(32)
    expect(asked.slice(0, 2)).toEqual(['127.255.0.1', '127.255.8.1'])
    expect(await claimAliasBlock(refuse('EADDRNOTAVAIL'))).toMatch(
      /can be used \(EADDRNOTAVAIL\)\. .*ifconfig/,
    )
    expect(asked.length).toBe(33)
  })
})
