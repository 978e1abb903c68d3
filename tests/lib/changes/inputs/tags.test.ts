import { describe, expect, it } from 'vitest'
import { cloudMapTags, ecsTags } from '@/lib/changes/fields/tags'
import { issuesOf } from '../../../support/issues'

const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: '' }))

describe.each([
  ['ECS', ecsTags],
  ['Cloud Map', cloudMapTags],
])('tags of %s', (_name, schema) => {
  it('may be fifty with keys of 128 and values of 256 characters', () => {
    expect(issuesOf(schema, tags(50))).toEqual([])
    expect(issuesOf(schema, [{ key: 'k'.repeat(128), value: 'v'.repeat(256) }])).toEqual([])
    expect(issuesOf(schema, [{ key: 'Größe 1', value: 'a_b.c:d/e=f+g-h@i' }])).toEqual([])
  })

  it.each([
    [tags(51), ': A resource has at most 50 tags.'],
    [[{ key: '', value: '' }], '0.key: A tag needs a key.'],
    [[{ key: 'k'.repeat(129), value: '' }], '0.key: A key has at most 128 characters.'],
    [[{ key: 'k', value: 'v'.repeat(257) }], '0.value: A value has at most 256 characters.'],
    [[{ key: 'aws:x', value: '' }], '0.key: Keys that start with aws: are kept for AWS.'],
    [[{ key: 'AWS:x', value: '' }], '0.key: Keys that start with aws: are kept for AWS.'],
    [
      [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
      '1.key: This key is there already.',
    ],
  ])('say what is wrong, at the tag', (given, message) => {
    expect(issuesOf(schema, given)).toEqual([message])
  })
})

it('tags of ECS hold letters, digits and a few signs only; Cloud Map takes any text', () => {
  const hostile = [{ key: '$(x)', value: '<b>"' }]
  expect(issuesOf(ecsTags, hostile)).toHaveLength(2)
  expect(issuesOf(cloudMapTags, hostile)).toEqual([])
})
