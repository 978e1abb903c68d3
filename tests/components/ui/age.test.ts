import { describe, expect, it } from 'vitest'
import { count, formatAge, formatSince } from '@/components/ui/age'

describe('formatAge', () => {
  it.each([
    [0, '0.0 s'],
    [849, '0.8 s'],
    [9_999, '9.9 s'],
    [10_000, '10 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [47 * 3_600_000, '47 h'],
    [49 * 3_600_000, '2 d'],
  ])('says %i ms as %s', (ms, text) => expect(formatAge(ms)).toBe(text))

  it('says a clock that runs behind as no age at all', () => expect(formatAge(-5000)).toBe('0.0 s'))
})

describe('formatSince', () => {
  it('has no tenths in lists', () => expect(formatSince(3_400)).toBe('3 s'))
  it('goes on like an age after a minute', () => expect(formatSince(840_000)).toBe('14 min'))
})

describe('count', () => {
  it.each([
    [0, '0 services'],
    [1, '1 service'],
    [1000, '1,000 services'],
  ])('counts %i', (n, text) => expect(count(n, 'service')).toBe(text))
  it('takes its own plural', () => expect(count(2, 'more task', 'more tasks')).toBe('2 more tasks'))
})
