import { describe, expect, it } from 'vitest'
import { type GuardedRequest, isSimpleContentType, refuseForeign } from '@/lib/emulator/wire/host-guard'

const port = 4680
const statusOf = (request: Partial<GuardedRequest>, extraHosts: readonly string[] = []) =>
  refuseForeign({ method: 'POST', target: '/', hosts: ['127.0.0.1:4680'], ...request }, port, extraHosts)
    ?.status

describe('the guard in front of the local cloud', () => {
  it.each([
    '127.0.0.1:4680',
    'localhost:4680',
    'LOCALHOST:4680',
    '[::1]:4680',
    '127.1.2.3:4680',
    'data-127.0.0.1:4680',
    'data-localhost:4680',
  ])('answers to its own name %s', (host) => {
    expect(statusOf({ hosts: [host] })).toBeUndefined()
  })

  it.each([
    'evil.example',
    'evil.example:4680',
    '127.0.0.1',
    '127.0.0.1:80',
    '127.0.0.1:46800',
    '127.0.0.1.evil.example:4680',
    'localhost.evil.example:4680',
    'localhost.:4680',
    '127.0.0.1.:4680',
    'evil@127.0.0.1:4680',
    '127.0.0.1:4680@evil.example',
    '127.0.0.1:4680/',
    '127.1:4680',
    '2130706433:4680',
    '0x7f.0.0.1:4680',
    '0177.0.0.1:4680',
    '127.0.0.01:4680',
    '127.0.0.256:4680',
    '0.0.0.0:4680',
    '[::ffff:127.0.0.1]:4680',
    '[::]:4680',
    'data-evil.example:4680',
    'data-data-127.0.0.1:4680',
    'ecs.us-east-1.amazonaws.com',
    'foo.localhost:4680',
    '169.254.169.254:4680',
    '10.0.0.1:4680',
    '',
    ' ',
    'localhost:',
    'localhost:4680:4680',
  ])('refuses the foreign name %j', (host) => {
    expect(statusOf({ hosts: [host] })).toBe(421)
  })

  it('explains a refused name', () => {
    const refusal = refuseForeign({ method: 'GET', target: '/', hosts: ['evil.example'] }, port, [])
    expect(refusal?.message).toContain('evil.example')
    expect(refusal?.message).toContain('http://127.0.0.1:4680')
    expect(refusal?.message).toContain('rebinding')
  })

  it('answers to further names that it was given', () => {
    expect(statusOf({ hosts: ['Cloud.internal:4680'] }, ['cloud.internal'])).toBeUndefined()
    expect(statusOf({ hosts: ['other.internal:4680'] }, ['cloud.internal'])).toBe(421)
  })

  it('refuses absolute targets and more or fewer Host headers than one', () => {
    expect(statusOf({ target: 'http://evil.example/' })).toBe(421)
    expect(statusOf({ target: '*' })).toBe(421)
    expect(statusOf({ hosts: [] })).toBe(400)
    expect(statusOf({ hosts: ['127.0.0.1:4680', 'evil.example'] })).toBe(400)
    expect(statusOf({ hosts: ['127.0.0.1:4680', '127.0.0.1:4680'] })).toBe(400)
  })

  it.each([
    'http://evil.example',
    'null',
    'https://127.0.0.1:4680',
    'http://localhost:4680',
    'http://127.0.0.1:3000',
    '',
  ])('refuses the foreign origin %j', (origin) => {
    expect(statusOf({ origin })).toBe(403)
  })

  it('lets its own origin through', () => {
    expect(statusOf({ origin: 'http://127.0.0.1:4680' })).toBeUndefined()
    expect(statusOf({ hosts: ['localhost:4680'], origin: 'http://localhost:4680' })).toBeUndefined()
  })

  it.each([
    ['cross-site', 403],
    ['same-site', 403],
    ['same-origin', undefined],
    ['none', undefined],
  ])('treats Sec-Fetch-Site %s as %s', (fetchSite, status) => {
    expect(statusOf({ fetchSite })).toBe(status)
  })

  it('knows which content types a page may send without asking', () => {
    for (const type of [
      'text/plain',
      'TEXT/PLAIN; charset=utf-8',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
    ]) {
      expect(isSimpleContentType(type)).toBe(true)
    }
    for (const type of ['application/json', 'application/x-amz-json-1.1', undefined, '']) {
      expect(isSimpleContentType(type)).toBe(false)
    }
  })
})
