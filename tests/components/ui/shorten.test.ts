import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { shortenArn, shortenMiddle, shortTask } from '@/components/ui/shorten'

const arn = 'arn:aws:ecs:us-east-1:000000000000:service/default/backend-api-service'

describe('shortenMiddle', () => {
  it('leaves short text alone', () => expect(shortenMiddle('7f3a', 8)).toBe('7f3a'))
  it('keeps both ends of a task id', () => expect(shortenMiddle('7f3ac21e99d04', 9)).toBe('7f3a…9d04'))
  it('shortens an account id as in the badge', () =>
    expect(shortenMiddle('000000000000', 9)).toBe('0000…0000'))

  test.prop([fc.string(), fc.integer({ min: 3, max: 60 })])('is never longer than asked', (text, length) => {
    const short = shortenMiddle(text, length)
    expect(short.length).toBeLessThanOrEqual(length)
    expect(short === text || short.includes('…')).toBe(true)
  })
})

describe('shortTask', () => {
  it('takes the first eight of an id, as plans and the activity do', () =>
    expect(shortTask('7aeb908d0000000000000000009a11f2')).toBe('7aeb908d'))
  it('leaves an id alone that somebody chose', () => expect(shortTask('by-hand-1')).toBe('by-hand-1'))
})

describe('shortenArn', () => {
  it('shows the whole ARN where there is room', () => expect(shortenArn(arn, 100)).toBe(arn))
  it('keeps partition, service, region and name', () =>
    expect(shortenArn(arn, 45)).toBe('arn:aws:ecs:us-east-1:…/backend-api-service'))
  it('gives up the region next', () => expect(shortenArn(arn, 36)).toBe('arn:aws:ecs:…/backend-api-service'))
  it('keeps the name at last', () => expect(shortenArn(arn, 24)).toBe('…/backend-api-service'))
  it('shortens in the middle when not even the name fits', () => expect(shortenArn(arn, 11)).toHaveLength(11))
  it('takes what is not an ARN as text', () =>
    expect(shortenArn('http://127.0.0.1:4680/abc', 11)).toBe('http:…0/abc'))
})
