import { fc, it as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { pageOf } from '@/lib/emulator/ecs/paging'

const keys = Array.from({ length: 25 }, (_, index) => `key-${String(index).padStart(2, '0')}`)

/** Reads a whole list page by page. */
function readAll(all: readonly string[], maxResults: number, descending = false): string[][] {
  const pages: string[][] = []
  let nextToken: string | undefined
  do {
    const page = pageOf('ListThings', all, { nextToken, maxResults }, { descending })
    pages.push(page.keys)
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return pages
}

describe('a list in pages', () => {
  it('gives everything once and no token on the last page', () => {
    expect(readAll(keys, 10).map(({ length }) => length)).toEqual([10, 10, 5])
    expect(readAll(keys, 10).flat()).toEqual(keys)
  })

  it('gives no token when the last page is full', () => {
    expect(readAll(keys.slice(0, 20), 10)).toHaveLength(2)
  })

  it('goes backwards as well', () => {
    expect(readAll(keys, 7, true).flat()).toEqual([...keys].reverse())
  })

  it('has its own page size where the operation has one', () => {
    expect(pageOf('ListServices', keys, {}, { pageSize: 10 }).keys).toHaveLength(10)
    expect(pageOf('ListTasks', keys, {}).keys).toHaveLength(25)
  })

  it('neither repeats nor skips what stays when entries come and go between two pages', () => {
    const { nextToken } = pageOf('ListThings', keys, { maxResults: 10 })
    const changed = keys.filter((key) => key !== 'key-09' && key !== 'key-03').concat('key-05b')
    expect(pageOf('ListThings', changed, { nextToken, maxResults: 100 }).keys).toEqual(keys.slice(10))
  })

  it.each([0, -1, 101, 1.5, Number.NaN])('can not have pages of %d', (maxResults) => {
    expect(() => pageOf('ListThings', keys, { maxResults })).toThrow(/maxResults/)
  })

  it('takes no token of another list', () => {
    const { nextToken } = pageOf('ListServices', keys, { maxResults: 1 })
    expect(() => pageOf('ListTasks', keys, { nextToken })).toThrow(/Invalid token/)
  })
})

property.prop([fc.string()])('no text that was not given out is a token, and none does harm', (text) => {
  expect(() => pageOf('ListThings', keys, { nextToken: text })).toThrow(/Invalid token/)
})

property.prop([
  fc.uniqueArray(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 60 }),
  fc.integer({ min: 1, max: 100 }),
])('any list comes through whole, in order and without repeats', (all, size) => {
  expect(readAll(all, size).flat()).toEqual([...all].sort())
})
