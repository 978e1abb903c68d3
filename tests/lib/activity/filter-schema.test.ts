import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActivityFilter } from '@/lib/activity/entry'
import { activityFilterFrom } from '@/lib/activity/filter-schema'

const everything: ActivityFilter = {
  text: null,
  result: null,
  fromMs: null,
  toMs: null,
  runId: null,
  beforeSeq: null,
  limit: 50,
}
const from = (query: string) => activityFilterFrom(new URLSearchParams(query))

describe('the filter of the activity in an address', () => {
  it.each<[string, Partial<ActivityFilter>]>([
    ['', {}],
    ['text=', {}],
    ['text=web', { text: 'web' }],
    ['text=%25_%5C', { text: '%_\\' }],
    ['result=done', { result: 'done' }],
    ['result=failed', { result: 'failed' }],
    ['result=unknown', { result: 'unknown' }],
    ['result=intended', { result: 'intended' }],
    ['fromMs=0&toMs=1764000000000', { fromMs: 0, toMs: 1_764_000_000_000 }],
    ['runId=run-1', { runId: 'run-1' }],
    ['beforeSeq=7', { beforeSeq: 7 }],
    ['limit=1', { limit: 1 }],
    ['limit=0', { limit: 1 }],
    ['limit=200', { limit: 200 }],
    ['limit=201', { limit: 200 }],
    ['limit=999999999999999', { limit: 200 }],
    ['text=a&text=b', { text: 'b' }],
    ['other=1', {}],
    ['__proto__=1', {}],
  ])('%s', (query, own) => {
    expect(from(query)).toEqual({ ...everything, ...own })
  })

  it.each([
    ['result=gone', 'result'],
    ['result=', 'result'],
    ['fromMs=yesterday', 'fromMs is a whole number.'],
    ['toMs=-1', 'toMs is a whole number.'],
    ['toMs=1.5', 'toMs is a whole number.'],
    ['toMs=', 'toMs is a whole number.'],
    ['beforeSeq=1e9', 'beforeSeq is a whole number.'],
    ['beforeSeq=0x10', 'beforeSeq is a whole number.'],
    ['limit=1234567890123456', 'limit is a whole number.'],
    ['limit=%201', 'limit is a whole number.'],
    [`text=${'x'.repeat(201)}`, 'text has at most 200 characters.'],
    [`runId=${'x'.repeat(101)}`, 'runId'],
  ])('%s is refused with a sentence', (query, told) => {
    const filter = from(query)
    expect(filter).toBeTypeOf('string')
    expect(filter).toContain(told)
  })

  it('is a filter or a sentence, whatever the address', () => {
    const names = fc.oneof(fc.constantFrom('text', 'result', 'limit', 'beforeSeq', 'fromMs'), fc.string())
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string())), (pairs) => {
        const filter = activityFilterFrom(new URLSearchParams(pairs))
        if (typeof filter === 'string') expect(filter).toMatch(/\.$/)
        else expect(filter.limit >= 1 && filter.limit <= 200 && Number.isInteger(filter.limit)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
