import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differences, type Facts, type Seen, type Subject, subjectLabel } from '@/lib/plan/seen'

const web: Subject = { kind: 'service', cluster: 'shop', service: 'web' }
const seen = (facts: Facts | null, subject: Subject = web): Seen => ({ subject, facts })

describe('the name of what was seen', () => {
  it.each<[Subject, string]>([
    [{ kind: 'cluster', cluster: 'shop' }, 'cluster shop'],
    [{ kind: 'cluster', cluster: 'arn:aws:ecs:us-east-1:1:cluster/shop' }, 'cluster shop'],
    [web, 'service web'],
    [{ kind: 'service', cluster: 'shop', service: 'arn:aws:ecs:r:1:service/shop/web' }, 'service web'],
    [{ kind: 'task', cluster: 'shop', task: 'arn:aws:ecs:r:1:task/shop/abc' }, 'task abc'],
    [{ kind: 'task definition', family: 'web' }, 'task definition web'],
    [{ kind: 'namespace', name: 'shop.local' }, 'namespace shop.local'],
    [{ kind: 'discovery service', namespaceId: 'ns-1', name: 'web' }, 'discovery service web'],
  ])('%j is %s', (subject, label) => {
    expect(subjectLabel(subject)).toBe(label)
  })
})

describe('how the world has moved on', () => {
  it.each<[string, Facts | null, Facts | null, readonly { fact: string; saw: string; is: string }[]]>([
    ['nothing was and is there', null, null, []],
    ['it is gone', { status: 'ACTIVE' }, null, [{ fact: 'exists', saw: 'yes', is: 'no' }]],
    ['it came', null, { status: 'ACTIVE' }, [{ fact: 'exists', saw: 'no', is: 'yes' }]],
    ['it is as it was', { desiredCount: 2 }, { desiredCount: 2, status: 'ACTIVE' }, []],
    [
      'a count changed',
      { desiredCount: 2 },
      { desiredCount: 3 },
      [{ fact: 'desiredCount', saw: '2', is: '3' }],
    ],
    ['what nobody cares about changed', { desiredCount: 2 }, { desiredCount: 2, status: 'DRAINING' }, []],
    ['no fact was asked for', {}, { status: 'ACTIVE' }, []],
    [
      'a fact is not known any more',
      { deploymentId: 'd-1' },
      {},
      [{ fact: 'deploymentId', saw: 'd-1', is: 'null' }],
    ],
    ['a fact was not known, nor is it', { deploymentId: null }, {}, []],
    [
      'a fact came',
      { deploymentId: null },
      { deploymentId: 'd-1' },
      [{ fact: 'deploymentId', saw: 'null', is: 'd-1' }],
    ],
    ['a number is no text', { instances: 0 }, { instances: '0' }, [{ fact: 'instances', saw: '0', is: '0' }]],
    [
      'two facts changed',
      { status: 'ACTIVE', desiredCount: 1 },
      { status: 'DRAINING', desiredCount: 0 },
      [
        { fact: 'status', saw: 'ACTIVE', is: 'DRAINING' },
        { fact: 'desiredCount', saw: '1', is: '0' },
      ],
    ],
  ])('when %s', (_what, saw, is, wanted) => {
    expect(differences(seen(saw), is)).toEqual(wanted.map((one) => ({ subject: 'service web', ...one })))
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'takes no fact for one that only looks so: %s',
    (name) => {
      const facts: Facts = Object.fromEntries([[name, null]])
      expect(differences(seen(facts), { status: 'ACTIVE' })).toEqual([])
    },
  )

  const facts = fc.dictionary(
    fc.string({ maxLength: 8 }),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
  )

  it('says nothing when nothing has changed, and names each fact that has', () => {
    fc.assert(
      fc.property(facts, facts, (saw, is) => {
        expect(differences(seen(saw), saw)).toEqual([])
        const told = differences(seen(saw), is).map(({ fact }) => fact)
        const changed = Object.keys(saw).filter(
          (name) => saw[name] !== ((Object.hasOwn(is, name) ? is[name] : null) ?? null),
        )
        expect(told).toEqual(changed)
      }),
      { numRuns: 60 },
    )
  })
})
