import { describe, expect, it } from 'vitest'
import { findFresh } from '@/components/topology/fresh'

const items = (...ids: string[]) => ids.map((id) => ({ id }))

describe('findFresh', () => {
  const first = findFresh(null, items('a', 'b'))

  it('takes the first picture as old: it does not fade in piece by piece', () =>
    expect(first.fresh.size).toBe(0))
  it('marks what comes later', () => expect([...findFresh(first, items('a', 'b', 'c')).fresh]).toEqual(['c']))
  it('returns the same object when nothing came', () => expect(findFresh(first, items('b'))).toBe(first))
  it('keeps the mark while other things come', () => {
    const second = findFresh(first, items('a', 'b', 'c'))
    expect([...findFresh(second, items('a', 'c', 'd')).fresh]).toEqual(['c', 'd'])
  })
  it('does not fade in again what only was away', () =>
    expect(findFresh(findFresh(first, items('a')), items('a', 'b')).fresh.size).toBe(0))
})
