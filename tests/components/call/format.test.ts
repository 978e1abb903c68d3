import { describe, expect, test } from 'vitest'
import { formatMs, formatPlace, formatShare } from '@/components/call/format'

describe('figures in the drawer', () => {
  test.each([
    [0, '0.0 ms'],
    [0.44, '0.4 ms'],
    [9.94, '9.9 ms'],
    [42.4, '42 ms'],
    [999.4, '999 ms'],
    [1250, '1.25 s'],
    [5000, '5.00 s'],
  ])('%f ms are %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text)
  })

  test('places are written as in a URL', () => {
    expect(formatPlace('127.10.0.12', 8080)).toBe('127.10.0.12:8080')
    expect(formatPlace('fd12::7', 8080)).toBe('[fd12::7]:8080')
    expect(formatPlace('127.10.0.12', null)).toBe('127.10.0.12')
  })

  test('a share of nothing is nothing', () => {
    expect(formatShare(0, 0)).toBe('0%')
    expect(formatShare(1, 4)).toBe('25.00%')
  })
})
