import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer } from '@/lib/emulator/dns/answer'
import type { RecordSet } from '@/lib/emulator/dns/zone'
import { addresses, ask, setOf, zonesFrom } from '../../../support/dns-zones'

const zone = 'production.local'
const api = `api.${zone}`
const at = (sets: Readonly<Record<string, readonly RecordSet[]>>) => zonesFrom(zone, { [zone]: [], ...sets })
const dataOf = (reply: ReturnType<typeof answer>) =>
  reply.answers.map((one) => ('data' in one ? one.data : undefined))
const random = () => 0

describe('a name with addresses', () => {
  it('answers every healthy address when there are up to eight', () => {
    const reply = answer(ask(api), at({ [api]: [setOf(addresses(8))] }), Math.random)
    expect(reply.code).toBe('NOERROR')
    expect(reply.authoritative).toBe(true)
    expect(new Set(dataOf(reply)).size).toBe(8)
    expect(reply.authorities).toEqual([])
  })

  it('answers eight different ones of more, not always the same', () => {
    const zones = at({ [api]: [setOf(addresses(30))] })
    const seen = new Set<unknown>()
    for (let query = 0; query < 100; query++) {
      const data = dataOf(answer(ask(api), zones, Math.random))
      expect(new Set(data).size).toBe(8)
      for (const one of data) seen.add(one)
    }
    expect(seen.size).toBe(30)
  })

  it('leaves out what is not healthy', () => {
    const values = [...addresses(3), { type: 'A' as const, healthy: false, data: '127.10.9.9' }]
    expect(dataOf(answer(ask(api), at({ [api]: [setOf(values)] }), random)).sort()).toEqual([
      '127.10.0.11',
      '127.10.0.12',
      '127.10.0.13',
    ])
  })

  it('answers as if all were healthy when none is', () => {
    const reply = answer(ask(api), at({ [api]: [setOf(addresses(3, false))] }), random)
    expect(dataOf(reply)).toHaveLength(3)
  })

  it('answers one of them when the routing is WEIGHTED, and each in its turn', () => {
    const zones = at({ [api]: [setOf(addresses(3), { routing: 'WEIGHTED' })] })
    const turns = [0, 0.4, 0.99].map((turn) => dataOf(answer(ask(api), zones, () => turn)))
    expect(turns).toEqual([['127.10.0.11'], ['127.10.0.12'], ['127.10.0.13']])
  })

  it('answers one of the unhealthy ones when WEIGHTED and none is healthy', () => {
    const zones = at({ [api]: [setOf(addresses(3, false), { routing: 'WEIGHTED' })] })
    expect(dataOf(answer(ask(api), zones, random))).toHaveLength(1)
  })

  it('carries the TTL of its record', () => {
    const reply = answer(ask(api), at({ [api]: [setOf(addresses(1), { ttlSeconds: 7 })] }), random)
    expect(reply.answers[0]).toMatchObject({ name: api, type: 'A', class: 'IN', ttl: 7 })
  })

  it('is found in any case and answered in the case that was asked', () => {
    const reply = answer(ask('API.Production.LOCAL'), at({ [api]: [setOf(addresses(1))] }), random)
    expect(reply.answers[0]?.name).toBe('API.Production.LOCAL')
  })
})

describe('other types', () => {
  it('answers SRV with priority and weight 1, port and target', () => {
    const target = `task1.${api}`
    const sets = [setOf([{ type: 'SRV', healthy: true, port: 8080, target }])]
    const reply = answer(ask(api, 'SRV'), at({ [api]: sets }), random)
    expect(dataOf(reply)).toEqual([{ priority: 1, weight: 1, port: 8080, target }])
  })

  it('answers AAAA', () => {
    const sets = [setOf([{ type: 'AAAA', healthy: true, data: 'fd00::1' }])]
    expect(dataOf(answer(ask(api, 'AAAA'), at({ [api]: sets }), random))).toEqual(['fd00::1'])
  })

  it('says nothing but the SOA for a type that the name does not have', () => {
    const reply = answer(ask(api, 'AAAA'), at({ [api]: [setOf(addresses(1))] }), random)
    expect(reply).toMatchObject({
      code: 'NOERROR',
      answers: [],
      authorities: [{ type: 'SOA', name: zone, ttl: 15 }],
    })
  })

  it.each(['TXT', 'MX', 'CAA', 'PTR'] as const)('says nothing but the SOA for %s', (type) => {
    const reply = answer(ask(api, type), at({ [api]: [setOf(addresses(1))] }), random)
    expect([reply.code, reply.answers.length, reply.authorities.length]).toEqual(['NOERROR', 0, 1])
  })
})

describe('a CNAME', () => {
  const cname = (target: string) =>
    setOf([{ type: 'CNAME', healthy: true, data: target }], { ttlSeconds: 30 })

  it('is answered with the addresses of its target when that is ours', () => {
    const alias = `alias.${zone}`
    const zones = at({ [alias]: [cname(api)], [api]: [setOf(addresses(1))] })
    const { answers } = answer(ask(alias), zones, random)
    expect(answers).toMatchObject([
      { name: alias, type: 'CNAME', data: api, ttl: 30 },
      { name: api, type: 'A', data: '127.10.0.11', ttl: 60 },
    ])
  })

  it('is answered alone when its target is somebody else’s', () => {
    const reply = answer(ask(`alias.${zone}`), at({ [`alias.${zone}`]: [cname('db.example.com')] }), random)
    expect(reply).toMatchObject({ code: 'NOERROR', answers: [{ type: 'CNAME', data: 'db.example.com' }] })
  })

  it('is answered as it is when it is asked for', () => {
    const zones = at({ [`alias.${zone}`]: [cname(api)], [api]: [setOf(addresses(1))] })
    expect(answer(ask(`alias.${zone}`, 'CNAME'), zones, random).answers).toHaveLength(1)
  })

  it('ends in a loop of two after a few steps', () => {
    const zones = at({ [`a.${zone}`]: [cname(`b.${zone}`)], [`b.${zone}`]: [cname(`a.${zone}`)] })
    const reply = answer(ask(`a.${zone}`), zones, random)
    expect(reply.code).toBe('NOERROR')
    expect(reply.answers.length).toBeLessThanOrEqual(9)
  })
})

describe('names that are not there', () => {
  it('says NXDOMAIN with the SOA, whose TTL is how long that may be remembered', () => {
    const reply = answer(ask(`nobody.${zone}`), at({}), random)
    expect(reply).toMatchObject({ code: 'NXDOMAIN', authoritative: true, answers: [] })
    expect(reply.authorities[0]).toMatchObject({ type: 'SOA', ttl: 15, data: { minimum: 15 } })
  })

  it.each(['example.com', 'production.local.example.com', 'notproduction.local', 'local', ''])(
    'refuses %s, which is in no zone',
    (name) => {
      const reply = answer(ask(name), at({}), random)
      expect(reply).toEqual({ code: 'REFUSED', authoritative: false, answers: [], authorities: [] })
    },
  )

  it('answers SOA and NS of the zone itself, and nothing else there', () => {
    expect(answer(ask(zone, 'SOA'), at({}), random).answers).toMatchObject([{ type: 'SOA', name: zone }])
    expect(answer(ask('Production.Local', 'NS'), at({}), random).answers).toMatchObject([
      { type: 'NS', name: 'Production.Local', data: `ns.${zone}` },
    ])
    expect(answer(ask(zone), at({}), random)).toMatchObject({ code: 'NOERROR', answers: [] })
  })
})

describe('questions that get no answer', () => {
  it.each([
    ['ANY', 'NOTIMP'],
    ['AXFR', 'REFUSED'],
    ['IXFR', 'REFUSED'],
  ])('says to %s %s', (type, code) => {
    const question = { name: api, type, class: 'IN' } as unknown as Parameters<typeof answer>[0]
    const reply = answer(question, at({ [api]: [setOf(addresses(3))] }), random)
    expect(reply).toEqual({ code, authoritative: false, answers: [], authorities: [] })
  })

  it('refuses other classes', () => {
    const reply = answer({ name: api, type: 'A', class: 'CH' }, at({ [api]: [setOf(addresses(1))] }), random)
    expect(reply.code).toBe('REFUSED')
  })
})

describe('for any set of records', () => {
  it('never repeats an address, never gives more than eight, and prefers healthy ones', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.ipV4(), fc.boolean()), {
          selector: ([address]) => address,
          minLength: 1,
          maxLength: 40,
        }),
        fc.constantFrom('MULTIVALUE' as const, 'WEIGHTED' as const),
        fc.infiniteStream(fc.double({ min: 0, max: 0.9999999, noNaN: true })),
        (values, routing, chance) => {
          const set = setOf(
            values.map(([data, healthy]) => ({ type: 'A', healthy, data })),
            { routing },
          )
          const given = dataOf(answer(ask(api), at({ [api]: [set] }), () => chance.next().value ?? 0))
          const healthy = values.filter(([, well]) => well).map(([address]) => address)
          const usable = healthy.length > 0 ? healthy : values.map(([address]) => address)
          expect(new Set(given).size).toBe(given.length)
          expect(given).toHaveLength(routing === 'WEIGHTED' ? 1 : Math.min(8, usable.length))
          expect(given.every((one) => usable.some((address) => address === one))).toBe(true)
        },
      ),
    )
  })
})
