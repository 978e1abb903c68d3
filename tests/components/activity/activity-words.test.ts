import { describe, expect, it } from 'vitest'
import { momentWords, targetWords, whoWords } from '@/components/activity/activity-words'

describe('the words of the activity', () => {
  it('say who and from where, as far as is known', () => {
    expect(whoWords({ sessionId: '3f2a91c0-aaaa', role: 'operator', address: '127.0.0.1' })).toBe(
      'operator 3f2a91c0 from 127.0.0.1',
    )
    expect(whoWords({ sessionId: null, role: 'operator', address: null })).toBe('operator')
  })

  it('name the account of AWS, and the endpoint of anything else', () => {
    expect(targetWords({ accountId: '123456789012', region: 'eu-central-1', endpointUrl: null })).toBe(
      'AWS 123456789012 · eu-central-1',
    )
    expect(targetWords({ accountId: null, region: 'us-east-1', endpointUrl: 'http://127.0.0.1:4680' })).toBe(
      '127.0.0.1:4680 · us-east-1',
    )
    expect(targetWords({ accountId: null, region: 'us-east-1', endpointUrl: 'what' })).toBe(
      'what · us-east-1',
    )
  })

  it('give the moment in local time, with every figure in two digits', () => {
    expect(momentWords(new Date(2026, 0, 2, 3, 4, 5).getTime())).toBe('2026-01-02 03:04:05')
  })
})
