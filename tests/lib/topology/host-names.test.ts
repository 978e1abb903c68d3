import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectivePort, hostsIn } from '@/lib/topology/host-names'

const told = (value: string) => hostsIn(value).map(({ host, port, scheme }) => [host, port, scheme])

describe('hosts named by an environment variable', () => {
  it.each([
    ['http://api.production.local:8080', 'api.production.local', 8080, 'http'],
    ['http://api.production.local', 'api.production.local', null, 'http'],
    ['https://api.production.local/v1/users?x=1#y', 'api.production.local', null, 'https'],
    ['api.production.local', 'api.production.local', null, null],
    ['api.production.local:6379', 'api.production.local', 6379, null],
    ['API.Production.LOCAL.', 'api.production.local', null, null],
    ['postgres://user:p%40ss@db.production.local:5432/app', 'db.production.local', 5432, 'postgres'],
    ['postgres://user:a@b:c@db.production.local:5432/app', 'db.production.local', 5432, 'postgres'],
    ['jdbc:postgresql://db.production.local:5432/app', 'db.production.local', 5432, 'postgresql'],
    ['redis+tls://cache.production.local:6380/0', 'cache.production.local', 6380, 'redis+tls'],
    ['grpc://rpc.production.local:50051', 'rpc.production.local', 50051, 'grpc'],
    ['//api.production.local', null, null, null],
    ['host=db.production.local port=5432', 'db.production.local', null, null],
    ['"http://quoted.production.local"', 'quoted.production.local', null, 'http'],
    ['my_service.production.local', 'my_service.production.local', null, null],
  ])('%s names %s port %s by %s', (value, host, port, scheme) => {
    expect(told(value)).toEqual(host === null ? [] : [[host, port, scheme]])
  })

  it('reads lists, and carries the scheme along', () => {
    expect(told('kafka://one.local:9092,two.local:9092; three.local')).toEqual([
      ['one.local', 9092, 'kafka'],
      ['two.local', 9092, 'kafka'],
      ['three.local', null, 'kafka'],
    ])
  })

  it('finds names inside other text', () => {
    expect(told('upstream=http://a.local:1 fallback=<http://b.local:2>')).toEqual([
      ['a.local', 1, 'http'],
      ['b.local', 2, 'http'],
    ])
    expect(told('{"url":"http://a.local:1"}')).toEqual([['a.local', 1, 'http']])
  })

  it.each([
    '',
    'production',
    '8080',
    'localhost:3000',
    '10.0.0.1:80',
    'http://127.0.0.1',
    'v1.2.3:x',
    'a..b',
    'http://[::1]:80',
    'https://',
    '-a.local',
  ])('finds no name in %s', (value) => {
    expect(hostsIn(value)).toEqual([])
  })

  it('drops a port that cannot be one', () => {
    expect(told('api.local:99999')).toEqual([['api.local', null, null]])
    expect(told('api.local:80a')).toEqual([])
  })

  it('never lets a user name, a password, a path or a query out', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9!$&*+=~%^-]{8,20}$/)
    fc.assert(
      fc.property(secret, secret, secret, (user, password, path) => {
        const value = `https://${user}:${password}@api.production.local:1/${path}?k=${password}`
        const text = JSON.stringify(hostsIn(value))
        expect(text).toContain('api.production.local')
        for (const part of [user, password, path]) expect(text).not.toContain(part)
      }),
    )
  })

  it('takes any text without throwing, and gives at most 32 hosts', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 6_000 }), (value) => {
        expect(hostsIn(value).length).toBeLessThanOrEqual(32)
      }),
      { numRuns: 2_000 },
    )
    expect(hostsIn('a.b,'.repeat(5_000))).toHaveLength(32)
  })

  it('reads values made to keep a pattern busy', () => {
    const hostile = [
      `${'a'.repeat(4_000)}:`,
      'a.'.repeat(3_000),
      'a:'.repeat(2_000),
      `${'a+'.repeat(2_000)}://`,
      `${'a:'.repeat(60)}//x.local`,
      `${'a='.repeat(2_000)}x.local`,
    ]
    for (const value of hostile) expect(hostsIn(value).length).toBeLessThanOrEqual(1)
  })
})

describe('the port a client would use', () => {
  it.each([
    ['http://a.local', 80],
    ['https://a.local', 443],
    ['ws://a.local', 80],
    ['wss://a.local', 443],
    ['http://a.local:8080', 8080],
    ['redis://a.local', null],
    ['a.local', null],
    ['constructor://a.local', null],
  ])('%s means %s', (value, port) => {
    const [named] = hostsIn(value)
    expect(named && effectivePort(named)).toBe(port)
  })
})
