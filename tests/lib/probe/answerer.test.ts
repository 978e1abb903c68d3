import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { answererOf, instanceAt } from '@/lib/probe/answerer'
import { addressOfHostname, readClaim } from '@/lib/probe/hostname-claim'
import { task } from './support/nodes'

const eleven = task(11)
const twelve = task(12)
const both = [eleven, twelve]

describe('the hostname an answer gives itself', () => {
  test.each([
    ['{"hostname":"ip-127-10-0-12"}', 'ip-127-10-0-12'],
    [' \n {"service":"x","hostname":"ip-10-0-1-54.ec2.internal"}', 'ip-10-0-1-54.ec2.internal'],
    ['{"hostname":""}', null],
    ['{"hostname":42}', null],
    ['{"hostname":null}', null],
    ['{"hostname":{"toString":"x"}}', null],
    [`{"hostname":"${'x'.repeat(256)}"}`, null],
    ['{"inner":{"hostname":"ip-127-10-0-12"}}', null],
    ['["hostname"]', null],
    ['{"hostname":', null],
    ['hostname: ip-127-10-0-12', null],
    ['<html>{"hostname":"x"}</html>', null],
    ['', null],
    ['{"__proto__":{"hostname":"ip-1-1-1-1"}}', null],
  ])('in %s is %s', (body, expected) => {
    expect(readClaim({}, body)).toBe(expected)
  })

  test('comes from a header when the body has none', () => {
    expect(readClaim({ 'x-hostname': 'ip-127-10-0-11' }, 'plain')).toBe('ip-127-10-0-11')
    expect(readClaim({ 'x-served-by': 'ip-127-10-0-11' }, '{}')).toBe('ip-127-10-0-11')
  })

  test('in the body wins over a header, which a proxy may have set', () => {
    expect(readClaim({ 'x-hostname': 'ip-1-1-1-1' }, '{"hostname":"ip-127-10-0-12"}')).toBe('ip-127-10-0-12')
  })

  test.each([
    ['ip-127-10-0-12', '127.10.0.12'],
    ['IP-10-0-1-54', '10.0.1.54'],
    ['ip-10-0-1-54.ec2.internal', '10.0.1.54'],
    ['ip-10-0-1-54.us-west-2.compute.internal', '10.0.1.54'],
    ['10.0.1.54', '10.0.1.54'],
    ['::ffff:10.0.1.54', '10.0.1.54'],
    ['ip-10-0-1-256', null],
    ['ip-10-0-1', null],
    ['ip-10-0-1-5-6', null],
    ['xip-10-0-1-54', null],
    ['ip-10-0-1-54x', null],
    ['ip-010-0-1-54', null],
    ['3f2a9c1d7b6e', null],
    ['localhost', null],
  ])('%s means the address %s', (hostname, expected) => {
    expect(addressOfHostname(hostname)).toBe(expected)
  })

  property.prop([fc.string({ maxLength: 300 }), fc.dictionary(fc.string(), fc.string())])(
    'is read from anything without falling over',
    (body, headers) => {
      const claim = readClaim(headers, body)
      expect(claim === null || claim.length <= 255).toBe(true)
    },
  )
})

describe('who answered', () => {
  test('is the instance with the address that was called', () => {
    expect(answererOf(both, '127.10.0.12', 8080, null)).toEqual({ instance: twelve, confirmed: null })
  })

  test('is confirmed by a hostname of the same address', () => {
    expect(answererOf(both, '127.10.0.12', 8080, 'ip-127-10-0-12')).toEqual({
      instance: twelve,
      confirmed: true,
    })
  })

  test('is confirmed by a task id', () => {
    expect(answererOf(both, '127.10.0.12', 8080, twelve.taskId)).toEqual({
      instance: twelve,
      confirmed: true,
    })
  })

  test('is contradicted by the hostname of another instance, and still named by address', () => {
    expect(answererOf(both, '127.10.0.12', 8080, 'ip-127-10-0-11')).toEqual({
      instance: twelve,
      confirmed: false,
    })
    expect(answererOf(both, '127.10.0.12', 8080, eleven.taskId)).toEqual({
      instance: twelve,
      confirmed: false,
    })
  })

  test('is contradicted by an address that is no instance at all', () => {
    expect(answererOf(both, '127.10.0.12', 8080, 'ip-10-9-9-9')).toEqual({
      instance: twelve,
      confirmed: false,
    })
  })

  test('is neither by a hostname that cannot be matched, as a container id', () => {
    expect(answererOf(both, '127.10.0.12', 8080, '3f2a9c1d7b6e')).toEqual({
      instance: twelve,
      confirmed: null,
    })
  })

  test('is nobody when no instance has the address', () => {
    expect(answererOf(both, '10.1.1.1', 8080, null)).toEqual({ instance: null, confirmed: null })
    expect(answererOf(both, '10.1.1.1', 8080, 'ip-127-10-0-12')).toEqual({ instance: null, confirmed: false })
  })

  test('is found through another spelling of the address', () => {
    const six = task(13, { address: '2600:1F18:0::5' })
    expect(instanceAt([six], '2600:1f18::5', 8080)).toBe(six)
    const mapped = task(14, { address: '::ffff:10.0.0.4' })
    expect(instanceAt([mapped], '10.0.0.4', 80)).toBe(mapped)
  })

  describe('where tasks share the address of their host', () => {
    const one = task(21, { address: '10.0.0.5', port: 32_001 })
    const two = task(22, { address: '10.0.0.5', port: 32_002 })

    test('is told by the port', () => {
      expect(instanceAt([one, two], '10.0.0.5', 32_002)).toBe(two)
    })

    test('is nobody rather than the wrong one when the port says nothing', () => {
      expect(instanceAt([one, two], '10.0.0.5', 80)).toBeNull()
      expect(instanceAt([one, { ...two, port: 32_001 }], '10.0.0.5', 32_001)).toBeNull()
    })

    test('is told by a task id in the answer', () => {
      expect(answererOf([one, two], '10.0.0.5', 80, two.taskId).instance).toBe(two)
    })
  })
})
