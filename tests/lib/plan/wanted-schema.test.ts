import { describe, expect, it } from 'vitest'
import { confirmSchema, intentIdSchema, runIdSchema, seenSchema } from '@/lib/plan/wanted-schema'

const web = { kind: 'service', cluster: 'shop', service: 'web' }

describe('what a browser says it has seen', () => {
  it.each<[string, unknown]>([
    ['nothing', []],
    ['a service', [{ subject: web, facts: { desiredCount: 2, status: 'ACTIVE', deploymentId: null } }]],
    ['what is not there', [{ subject: { kind: 'cluster', cluster: 'shop' }, facts: null }]],
    ['a task', [{ subject: { kind: 'task', cluster: 'shop', task: 'abc' }, facts: {} }]],
    ['a task definition', [{ subject: { kind: 'task definition', family: 'web' }, facts: {} }]],
    ['a namespace', [{ subject: { kind: 'namespace', name: 'a.local' }, facts: {} }]],
    ['a name', [{ subject: { kind: 'discovery service', namespaceId: 'ns-1', name: 'web' }, facts: {} }]],
  ])('is taken: %s', (_what, seen) => {
    expect(seenSchema.parse(seen)).toEqual(seen)
  })

  it.each<[string, unknown]>([
    ['no list', {}],
    ['too much', Array.from({ length: 501 }, () => ({ subject: web, facts: {} }))],
    ['another kind', [{ subject: { kind: 'secret', name: 'x' }, facts: {} }]],
    ['a subject with more', [{ subject: { ...web, extra: 1 }, facts: {} }]],
    ['a subject with less', [{ subject: { kind: 'service', cluster: 'shop' }, facts: {} }]],
    ['more than was seen', [{ subject: web, facts: {}, more: 1 }]],
    ['no facts', [{ subject: web }]],
    ['a fact that is an object', [{ subject: web, facts: { a: {} } }]],
    ['a fact without end', [{ subject: web, facts: { a: 'x'.repeat(2_049) } }]],
    ['a name of a fact without end', [{ subject: web, facts: { ['x'.repeat(101)]: 1 } }]],
    ['a name without end', [{ subject: { kind: 'namespace', name: 'x'.repeat(2_049) }, facts: {} }]],
    ['a number that is none', [{ subject: web, facts: { a: Number.POSITIVE_INFINITY } }]],
  ])('is refused: %s', (_what, seen) => {
    expect(seenSchema.safeParse(seen).success).toBe(false)
  })
})

describe('ids from a browser', () => {
  const uuid = '0b9e5a3e-4f0e-4d1a-9f63-4a7d8f3f6c11'

  it.each<[unknown, boolean, boolean]>([
    [uuid, true, true],
    ['run-1', false, true],
    ['intent-1', true, true],
    ['x'.repeat(100), true, true],
    ['x'.repeat(101), false, false],
    ['', false, false],
    ['../../etc/passwd', false, false],
    ["a'; DROP TABLE runs", false, false],
    ['intent 123', false, false],
    ['intent-1\n', false, false],
    ['intent_123', false, false],
    ['ïntent-123', false, false],
    [12_345_678, false, false],
    [null, false, false],
    [[uuid], false, false],
  ])('%j (of an intent: %s, of a run: %s)', (id, ofIntent, ofRun) => {
    expect(intentIdSchema.safeParse(id).success).toBe(ofIntent)
    expect(runIdSchema.safeParse(id).success).toBe(ofRun)
  })

  it.each<[unknown, boolean]>([
    [null, true],
    ['', true],
    ['shop.local', true],
    ['x'.repeat(1_024), true],
    ['x'.repeat(1_025), false],
    [undefined, false],
    [5, false],
  ])('a typed name %#: %s', (typed, isTaken) => {
    expect(confirmSchema.safeParse(typed).success).toBe(isTaken)
  })
})
