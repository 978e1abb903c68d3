import { describe, expect, it } from 'vitest'
import { isAwaited, proofsOf } from '@/components/examples/proofs'
import { gallery } from '@/lib/changes/examples/all'
import { yelb } from '@/lib/changes/examples/yelb'
import { callRequestSchema } from '@/lib/probe/request'
import { makeService } from '../../support/topology-fixtures'

const deployed = (names: readonly string[]) => new Map(names.map((name) => [name, makeService(name)]))
const all = (example: (typeof gallery)[number]) => deployed(example.nodes.map(({ name }) => name))

describe('the calls that prove an example', () => {
  it.each(gallery.map((example) => [example.title, example] as const))(
    'reach every edge of %s',
    (_, example) => {
      const proofs = proofsOf(example, all(example))
      for (const { from, to } of example.edges)
        expect(proofs.some(({ caller, callee }) => caller === from && callee === to)).toBe(true)
      expect(new Set(proofs.map(({ key }) => key)).size).toBe(proofs.length)
      for (const { request } of proofs) expect(callRequestSchema.parse(request)).toEqual(request)
    },
  )

  it('go through the caller where the callee speaks no HTTP', () => {
    const stores = proofsOf(yelb, all(yelb)).filter(({ callee }) => callee !== 'yelb-appserver')
    expect(stores.map(({ called }) => called)).toEqual(['yelb-appserver', 'yelb-appserver'])
    expect(stores.every(({ isThroughCaller }) => isThroughCaller)).toBe(true)
  })

  it('say of a call to the callee itself that it does not go through the caller', () => {
    const [first, second] = proofsOf(yelb, all(yelb))
    expect(first).toMatchObject({ called: 'yelb-appserver', isThroughCaller: false })
    expect(second).toMatchObject({ called: 'yelb-ui', isThroughCaller: true })
  })

  it('leave out whoever is not there', () => {
    expect(proofsOf(yelb, deployed(['redis-server', 'yelb-db']))).toEqual([])
  })

  it('leave out whoever has no address to call', () => {
    const silent = { ...makeService('yelb-appserver', { in: null }), instances: [] }
    expect(proofsOf(yelb, new Map([['yelb-appserver', silent]]))).toEqual([])
  })

  it('wait for a service whose tasks are wanted but not seen yet, not for one that wants none', () => {
    const seen = all(yelb)
    expect(isAwaited(yelb, seen)).toBe(false)
    const ui = { ...makeService('yelb-ui', { in: null }), discovery: null, instances: [] }
    const with0 = (desired: number) =>
      new Map([...seen, ['yelb-ui', { ...ui, ecs: ui.ecs && { ...ui.ecs, desired } }] as const])
    expect(isAwaited(yelb, with0(1))).toBe(true)
    expect(isAwaited(yelb, with0(0))).toBe(false)
    expect(isAwaited(yelb, new Map())).toBe(false)
  })
})
