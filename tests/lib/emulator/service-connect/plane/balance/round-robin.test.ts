import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { pickNext } from '@/lib/emulator/service-connect/plane/balance/round-robin'

const all = () => true
const turns = (hosts: readonly string[], count: number, mayAsk: (host: string) => boolean = all) => {
  let cursor = 0
  return Array.from({ length: count }, () => {
    const next = pickNext(hosts, cursor, mayAsk, undefined)
    cursor = next?.cursor ?? 0
    return next?.host
  })
}

describe('whose turn it is', () => {
  it('goes around', () => {
    expect(turns(['a', 'b', 'c'], 7)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a'])
  })

  it('passes over who is avoided', () => {
    expect(turns(['a', 'b', 'c'], 4, (host) => host !== 'b')).toEqual(['a', 'c', 'a', 'c'])
  })

  it('asks somebody all the same when all are avoided', () => {
    expect(turns(['a', 'b'], 3, () => false)).toEqual(['a', 'b', 'a'])
  })

  it('is nobody’s when nobody is there', () => {
    expect(turns([], 2)).toEqual([undefined, undefined])
  })

  it('avoids the previous host, even for one that is avoided', () => {
    expect(pickNext(['a', 'b'], 0, all, 'a')?.host).toBe('b')
    expect(pickNext(['a', 'b'], 1, all, 'b')?.host).toBe('a')
    expect(pickNext(['a', 'b'], 0, (host) => host !== 'b', 'a')?.host).toBe('b')
  })

  it('comes back to the previous host when it is the only one', () => {
    expect(pickNext(['a'], 0, all, 'a')?.host).toBe('a')
    expect(pickNext(['a'], 0, () => false, 'a')?.host).toBe('a')
  })

  test.prop([
    fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
    fc.nat(20),
    fc.func(fc.boolean()),
    fc.nat(8),
  ])(
    'is always somebody, one that may be asked if there is one, the previous one last',
    (hosts, cursor, may, at) => {
      const previous = hosts[at]
      const found = pickNext(hosts, cursor % hosts.length, may, previous)
      expect(hosts).toContain(found?.host)
      if (hosts.some((host) => host !== previous && may(host))) expect(may(found?.host ?? '')).toBe(true)
      if (hosts.some((host) => host !== previous)) expect(found?.host).not.toBe(previous)
    },
  )

  test.prop([fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20 })])(
    'comes to everybody equally often',
    (size, rounds) => {
      const hosts = Array.from({ length: size }, (_, index) => `host-${index}`)
      const asked = turns(hosts, size * rounds)
      for (const host of hosts) expect(asked.filter((one) => one === host)).toHaveLength(rounds)
    },
  )
})
