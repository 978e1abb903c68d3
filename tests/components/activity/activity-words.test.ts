import { describe, expect, it } from 'vitest'
import { momentWords, targetWords, whoWords } from '@/components/activity/activity-words'

describe('the words of the activity', () => {
  it('say who it was, as far as is known', () => {
    expect(whoWords({ sessionId: '3f2a91c0-aaaa', role: 'operator' })).toBe('operator 3f2a91c0')
    expect(whoWords({ sessionId: null, role: 'operator' })).toBe('operator')
  })

  it('name the account of AWS, and the endpoint of anything else', () => {
    expect(targetWords({ accountId: '123456789012', endpointUrl: null })).toBe('AWS 123456789012')
    expect(targetWords({ accountId: null, endpointUrl: null })).toBe('AWS account unknown')
    expect(targetWords({ accountId: null, endpointUrl: 'http://127.0.0.1:4680' })).toBe('127.0.0.1:4680')
    expect(targetWords({ accountId: null, endpointUrl: 'what' })).toBe('what')
  })

  it('give the moment in local time, with every figure in two digits', () => {
    expect(momentWords(new Date(2026, 0, 2, 3, 4, 5).getTime())).toBe('2026-01-02 03:04:05')
  })
})
