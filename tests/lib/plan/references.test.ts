import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRef } from '@/lib/plan/command'
import { refsIn, resolveRefs, UnresolvedRef } from '@/lib/plan/references'
import { refTo } from '@/lib/plan/step'

const given: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  namespace: { namespaceId: 'ns-1', namespaceArn: 'arn:ns-1' },
  cluster: { clusterArn: 'arn:shop' },
}
const outputs = (stepId: string) => given[stepId] ?? {}
const ns = refTo('namespace', 'namespaceId')

describe('a reference', () => {
  it.each<[unknown, boolean]>([
    [ns, true],
    [{ $ref: { step: '', output: '' } }, true],
    [{ $ref: { step: 'a', output: 'b' }, more: 1 }, false],
    [{ $ref: { step: 'a' } }, false],
    [{ $ref: { output: 'a' } }, false],
    [{ $ref: { step: 1, output: 'b' } }, false],
    [{ $ref: 'a.b' }, false],
    [{ $ref: null }, false],
    [{ ref: { step: 'a', output: 'b' } }, false],
    [{}, false],
    [[], false],
    [null, false],
    [undefined, false],
    ['$ref', false],
    [5, false],
  ])('%j: %s', (value, wanted) => {
    expect(isRef(value)).toBe(wanted)
  })
})

describe('references in an input', () => {
  it.each<[string, unknown, unknown]>([
    ['one by itself', ns, 'ns-1'],
    ['one in an object', { NamespaceId: ns, Name: 'web' }, { NamespaceId: 'ns-1', Name: 'web' }],
    ['one in a list', [ns, 'b'], ['ns-1', 'b']],
    ['deep ones', { a: [{ b: { c: ns } }] }, { a: [{ b: { c: 'ns-1' } }] }],
    ['several of several steps', [ns, refTo('cluster', 'clusterArn')], ['ns-1', 'arn:shop']],
    ['none', { a: [1, true, null, 'x'] }, { a: [1, true, null, 'x'] }],
    ['a text', 'namespace', 'namespace'],
    ['nothing', undefined, undefined],
  ])('are replaced: %s', (_what, input, wanted) => {
    expect(resolveRefs(input, outputs)).toEqual(wanted)
  })

  it.each([
    [
      'a step that gave nothing of this name',
      refTo('cluster', 'serviceArn'),
      'Step cluster gave no serviceArn.',
    ],
    ['a step that there is not', refTo('web', 'serviceArn'), 'Step web gave no serviceArn.'],
  ])('are not guessed: %s', (_what, ref, message) => {
    expect(() => resolveRefs({ a: [ref] }, outputs)).toThrow(UnresolvedRef)
    expect(() => resolveRefs({ a: [ref] }, outputs)).toThrow(message)
  })

  it('are all found, in order', () => {
    const cluster = refTo('cluster', 'clusterArn')
    expect(refsIn({ a: ns, b: [cluster, { c: ns }], d: 'x', e: null })).toEqual([ns, cluster, ns])
  })

  it('that are no references stay just as they are, whatever they look like', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        fc.pre(refsIn(value).length === 0)
        expect(resolveRefs(value, outputs)).toEqual(value)
      }),
      { numRuns: 60 },
    )
  })

  it('a key called __proto__ is a key, and changes no object', () => {
    const input: unknown = JSON.parse('{"__proto__": {"polluted": true}, "a": 1}')
    const resolved = resolveRefs(input, outputs)
    expect(JSON.stringify(resolved)).toBe(JSON.stringify(input))
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(Object.getPrototypeOf(resolved)).toBe(Object.prototype)
  })
})
