import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { pageOf } from '@/lib/emulator/cloud-map/page'
import { listNamespaces } from '@/lib/emulator/cloud-map/read-namespaces'
import { codeOf } from '../../../support/api-errors'
import { makeNamespace } from '../../../support/cloud-map'
import { makeTestContext, type TestContext } from '../../../support/test-context'

describe('paging', () => {
  it('shows everything once, in order, whatever the page size', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 60 }),
        fc.integer({ min: 1, max: 100 }),
        (keys, MaxResults) => {
          const seen: string[] = []
          let NextToken: string | undefined
          do {
            const answer = pageOf(keys, (key) => key, { MaxResults, NextToken })
            seen.push(...answer.page)
            NextToken = answer.NextToken
          } while (NextToken !== undefined)
          expect(seen).toEqual([...keys].sort((a, b) => (a < b ? -1 : 1)))
        },
      ),
    )
  })

  it('gives no token with the last page, also when that is full', () => {
    const first = pageOf(['a', 'b', 'c', 'd'], (key) => key, { MaxResults: 2 })
    expect(first.NextToken).toBeDefined()
    expect(pageOf(['a', 'b', 'c', 'd'], (key) => key, { MaxResults: 2, NextToken: first.NextToken })).toEqual(
      {
        page: ['c', 'd'],
      },
    )
  })

  it('counts before it filters: a page may be empty and not the last', () => {
    const { page, NextToken } = pageOf(
      ['a', 'b', 'c'],
      (key) => key,
      { MaxResults: 2 },
      (key) => key === 'c',
    )
    expect(page).toEqual([])
    expect(NextToken).toBeDefined()
  })

  it('goes on where it was when records come and go between pages', () => {
    const first = pageOf(['a', 'c', 'e'], (key) => key, { MaxResults: 2 })
    expect(pageOf(['b', 'd', 'e'], (key) => key, { MaxResults: 2, NextToken: first.NextToken }).page).toEqual(
      ['d', 'e'],
    )
  })

  it('refuses any text that is not one of its tokens', () => {
    fc.assert(
      fc.property(fc.string(), (NextToken) => {
        expect(codeOf(() => pageOf(['a'], (key) => key, { NextToken }))).toBe('InvalidInput')
      }),
    )
  })
})

describe('filters of namespaces', () => {
  let context: TestContext
  beforeEach(() => {
    context = makeTestContext()
    makeNamespace(context, 'a.local')
    makeNamespace(context, 'b.local', 'HTTP')
    makeNamespace(context, 'example.com', 'DNS_PUBLIC')
  })
  const list = (...Filters: { Name: string; Values: string[]; Condition?: string }[]) =>
    listNamespaces(context, { Filters } as never).Namespaces?.map(({ Name }) => Name)

  it.each([
    [[{ Name: 'TYPE', Values: ['HTTP'] }], ['b.local']],
    [[{ Name: 'TYPE', Values: ['DNS'], Condition: 'BEGINS_WITH' }], ['a.local', 'example.com']],
    [[{ Name: 'NAME', Values: ['a.local'], Condition: 'EQ' }], ['a.local']],
    [[{ Name: 'NAME', Values: ['a'] }], []],
    [[{ Name: 'NAME', Values: ['a'], Condition: 'BEGINS_WITH' }], ['a.local']],
    [[{ Name: 'HTTP_NAME', Values: ['b.local'] }], ['b.local']],
    [[{ Name: 'RESOURCE_OWNER', Values: ['SELF'] }], ['a.local', 'b.local', 'example.com']],
    [[{ Name: 'RESOURCE_OWNER', Values: ['OTHER_ACCOUNTS'] }], []],
    [
      [
        { Name: 'TYPE', Values: ['DNS'], Condition: 'BEGINS_WITH' },
        { Name: 'NAME', Values: ['ex'], Condition: 'BEGINS_WITH' },
      ],
      ['example.com'],
    ],
  ])('%j leave %j', (filters, names) => {
    expect(list(...filters)).toEqual(names)
  })

  it.each([
    [{ Name: 'TYPE', Values: ['HTTP'], Condition: 'IN' }],
    [{ Name: 'RESOURCE_OWNER', Values: ['SELF'], Condition: 'BEGINS_WITH' }],
    [{ Name: 'NAME', Values: ['a', 'b'] }],
    [{ Name: 'NAME', Values: [] }],
    [{ Name: 'RESOURCE_OWNER', Values: ['ME'] }],
  ])('%j are refused', (filter) => {
    expect(codeOf(() => list(filter))).toBe('InvalidInput')
  })
})
