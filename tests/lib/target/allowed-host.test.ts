import { describe, expect, it } from 'vitest'
import { isLoopback, refusalOf } from '@/lib/target/allowed-host'

const to = (url: string) => {
  const { protocol, hostname, port } = new URL(url)
  return { protocol, hostname, port: port === '' ? null : Number(port) }
}

describe('loopback', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.1', '127.255.255.254', '[::1]', '::1'])(
    '%s is',
    (host) => {
      expect(isLoopback(host)).toBe(true)
    },
  )

  it.each([
    '10.0.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '127.1',
    '127.0.0.256',
    '127.0.0.01',
    '2130706433',
    '[::ffff:127.0.0.1]',
    'amazonaws.com',
    '',
    '127...1',
  ])('%s is not', (host) => {
    expect(isLoopback(host)).toBe(false)
  })
})

describe('the guard of a local target', () => {
  const local = { kind: 'local' as const, endpointUrl: 'http://127.0.0.1:4680' }

  it('lets its own endpoint pass', () => {
    expect(refusalOf(local, to('http://127.0.0.1:4680/'))).toBeNull()
  })

  it.each([
    'https://servicediscovery.us-east-1.amazonaws.com',
    'https://data-servicediscovery.us-east-1.amazonaws.com',
    'http://169.254.169.254',
    'http://data-127.0.0.1.example',
    'http://127.0.0.1:4681',
    'http://localhost:4680',
    'https://127.0.0.1:4680',
    'http://10.0.0.1:4680',
  ])('refuses %s', (url) => {
    expect(refusalOf(local, to(url))).not.toBeNull()
  })

  it('refuses even its own endpoint when that is not on this machine', () => {
    const wrong = { kind: 'local' as const, endpointUrl: 'http://10.0.0.1:4680' }
    expect(refusalOf(wrong, to('http://10.0.0.1:4680'))).toContain('leave this machine')
  })
})

describe('the guard of an endpoint target', () => {
  const endpoint = { kind: 'endpoint' as const, endpointUrl: 'https://ecs.internal.example' }

  it('lets its host pass, with the default port spelled out too', () => {
    expect(refusalOf(endpoint, to('https://ecs.internal.example/'))).toBeNull()
    expect(
      refusalOf(endpoint, { protocol: 'https:', hostname: 'ecs.internal.example', port: 443 }),
    ).toBeNull()
    expect(refusalOf(endpoint, to('https://ECS.internal.example/'))).toBeNull()
  })

  it.each([
    'https://ecs.us-east-1.amazonaws.com',
    'https://data-ecs.internal.example',
    'https://ecs.internal.example.evil.example',
    'http://ecs.internal.example',
    'https://ecs.internal.example:8443',
    'http://127.0.0.1',
  ])('refuses %s', (url) => {
    expect(refusalOf(endpoint, to(url))).not.toBeNull()
  })

  it('refuses everything without an endpoint', () => {
    expect(refusalOf({ kind: 'endpoint', endpointUrl: null }, to('http://127.0.0.1'))).not.toBeNull()
  })
})

describe('the guard of an AWS target', () => {
  const aws = { kind: 'aws' as const, endpointUrl: null }

  it.each([
    'https://ecs.us-east-1.amazonaws.com',
    'https://data-servicediscovery.eu-central-1.amazonaws.com',
    'https://sts.amazonaws.com',
    'https://ecs.cn-north-1.amazonaws.com.cn',
    'https://ecs.us-gov-west-1.amazonaws.com',
    'https://ecs.us-east-1.api.aws',
  ])('lets %s pass', (url) => {
    expect(refusalOf(aws, to(url))).toBeNull()
  })

  it.each([
    'http://127.0.0.1:4680',
    'http://localhost:4566',
    'https://amazonaws.com',
    'https://evilamazonaws.com',
    'https://ecs.us-east-1.amazonaws.com.evil.example',
    'https://ecs.us-east-1.amazonaws.co',
    'http://ecs.us-east-1.amazonaws.com',
    'https://ecs.us-east-1.amazonaws.com:8443',
  ])('refuses %s', (url) => {
    expect(refusalOf(aws, to(url))).toContain('The target is AWS')
  })
})
