import { beforeEach, describe, expect, it } from 'vitest'
import {
  deregisterInstance,
  getInstance,
  getInstancesHealthStatus,
  listInstances,
  maxInstancesPerNamespace,
  maxInstancesPerService,
  registerInstance,
  updateInstanceCustomHealthStatus,
} from '@/lib/emulator/cloud-map/instances'
import { registerInstance as registerNow } from '@/lib/emulator/cloud-map/registry'
import type { DiscoveryServiceRecord, NamespaceRecord } from '@/lib/emulator/state/cloud-map'
import { codeOf, errorOf } from '../../../support/api-errors'
import { makeInstance, makeNamespace, makeService, operationOf, settle } from '../../../support/cloud-map'
import { makeTestContext, type TestContext } from '../../../support/test-context'

let context: TestContext
let namespace: NamespaceRecord
let service: DiscoveryServiceRecord
beforeEach(() => {
  context = makeTestContext({ customHealthDelayMs: 30_000 })
  namespace = makeNamespace(context)
  service = makeService(context, namespace)
})
const ipv4 = { AWS_INSTANCE_IPV4: '127.10.0.11' }
const register = (InstanceId: string, Attributes: Record<string, string> = ipv4, ServiceId = service.id) =>
  registerInstance(context, { ServiceId, InstanceId, Attributes })

describe('registering an instance', () => {
  it('takes effect when the operation ends and moves the revision', () => {
    const before = service.revision
    const started = register('i-1')
    expect(operationOf(context, started)).toMatchObject({
      type: 'REGISTER_INSTANCE',
      targets: { INSTANCE: 'i-1', SERVICE: service.id },
    })
    expect(codeOf(() => getInstance(context, { ServiceId: service.id, InstanceId: 'i-1' }))).toBe(
      'InstanceNotFound',
    )
    expect(service.revision).toBe(before)
    settle(context)
    expect(getInstance(context, { ServiceId: service.arn, InstanceId: 'i-1' })).toMatchObject({
      ResourceOwner: '111122223333',
      Instance: { Id: 'i-1', Attributes: ipv4 },
    })
    expect(service.revision).toBe(before + 1)
  })

  it('again updates the attributes, keeps the health, and moves the revision', () => {
    service = makeService(context, namespace, { Name: 'custom', HealthCheckCustomConfig: {} })
    makeInstance(context, service, 'i', { AWS_INIT_HEALTH_STATUS: 'UNHEALTHY' })
    const before = service.revision
    makeInstance(context, service, 'i', { colour: 'blue', AWS_INIT_HEALTH_STATUS: 'HEALTHY' })
    expect(service.instances.size).toBe(1)
    expect(service.instances.get('i')).toMatchObject({ health: 'UNHEALTHY', attributes: { colour: 'blue' } })
    expect(service.revision).toBe(before + 1)
  })

  it('is refused while a change of the same instance runs, and no other', () => {
    const started = register('i')
    expect(errorOf(() => register('i'))).toMatchObject({
      code: 'DuplicateRequest',
      members: { DuplicateOperationId: started.OperationId },
    })
    expect(codeOf(() => register('j'))).toBeUndefined()
  })

  it.each(['', 'x'.repeat(65), 'a b', 'a#b', 'ü'])('refuses the id %j', (id) => {
    expect(errorOf(() => register(id)).message).toContain('InstanceId')
  })

  it.each(['i-1', 'a/b:c.d@e_f-0', 'x'.repeat(64)])('takes the id %j', (id) => {
    expect(codeOf(() => register(id))).toBeUndefined()
  })

  it('needs a service that is there', () => {
    expect(codeOf(() => register('i', ipv4, 'srv-nope'))).toBe('ServiceNotFound')
    expect(codeOf(() => register('i', ipv4, service.arn.replace('us-east-1', 'eu-west-1')))).toBe(
      'ServiceNotFound',
    )
  })

  it(`stops at ${maxInstancesPerService} of a service, counting those on their way`, () => {
    for (let index = 1; index < maxInstancesPerService; index += 1) {
      registerNow(context, service.id, { instanceId: `i${index}`, attributes: ipv4, health: 'HEALTHY' })
    }
    register('last')
    expect(codeOf(() => register('more'))).toBe('ResourceLimitExceeded')
    expect(codeOf(() => register('i1'))).toBeUndefined()
  })

  it(`stops at ${maxInstancesPerNamespace} of a namespace`, () => {
    for (const name of ['one', 'two']) {
      const other = makeService(context, namespace, { Name: name })
      for (let index = 0; index < maxInstancesPerService; index += 1) {
        registerNow(context, other.id, { instanceId: `i${index}`, attributes: ipv4, health: 'HEALTHY' })
      }
    }
    expect(codeOf(() => register('more'))).toBe('ResourceLimitExceeded')
  })
})

describe('the attributes of an instance', () => {
  const serviceWith = (types: string[], settings: object = {}) =>
    makeService(context, makeNamespace(context, 'example.com', 'DNS_PUBLIC'), {
      DnsConfig: { DnsRecords: types.map((Type) => ({ Type, TTL: 1 })) } as never,
      ...settings,
    })

  it.each([
    [['A'], {}, 'AWS_INSTANCE_IPV4'],
    [['AAAA'], ipv4, 'AWS_INSTANCE_IPV6'],
    [['A', 'AAAA'], ipv4, 'AWS_INSTANCE_IPV6'],
    [['SRV'], ipv4, 'AWS_INSTANCE_PORT'],
    [['SRV'], { AWS_INSTANCE_PORT: '80' }, 'AWS_INSTANCE_IPV4 or AWS_INSTANCE_IPV6'],
    [['CNAME'], ipv4, 'AWS_INSTANCE_CNAME'],
  ])('of a service with %j cannot be %j: %s is required', (types, attributes, missing) => {
    const error = errorOf(() => register('i', attributes, serviceWith(types).id))
    expect(error.code).toBe('InvalidInput')
    expect(error.message).toContain(missing)
  })

  it.each([
    [['A', 'AAAA'], { ...ipv4, AWS_INSTANCE_IPV6: '::1' }],
    [['SRV'], { AWS_INSTANCE_IPV6: '::1', AWS_INSTANCE_PORT: '0' }],
    [['CNAME'], { AWS_INSTANCE_CNAME: 'example.org' }],
    [['A'], { ...ipv4, AWS_INSTANCE_PORT: '65535' }],
  ])('of a service with %j may be %j', (types, attributes) => {
    expect(codeOf(() => register('i', attributes, serviceWith(types).id))).toBeUndefined()
  })

  it('need a port and an address for a health check', () => {
    const checked = serviceWith(['A'], { HealthCheckConfig: { Type: 'HTTP' } })
    expect(errorOf(() => register('i', ipv4, checked.id)).message).toContain('AWS_INSTANCE_PORT')
    expect(codeOf(() => register('i', { ...ipv4, AWS_INSTANCE_PORT: '80' }, checked.id))).toBeUndefined()
  })

  it.each([
    [{ AWS_INSTANCE_IPV4: '1.2.3' }, 'AWS_INSTANCE_IPV4'],
    [{ AWS_INSTANCE_IPV4: '::1' }, 'AWS_INSTANCE_IPV4'],
    [{ ...ipv4, AWS_INSTANCE_IPV6: '127.0.0.1' }, 'AWS_INSTANCE_IPV6'],
    [{ ...ipv4, AWS_INSTANCE_PORT: '65536' }, 'AWS_INSTANCE_PORT'],
    [{ ...ipv4, AWS_INSTANCE_PORT: '-1' }, 'AWS_INSTANCE_PORT'],
    [{ ...ipv4, AWS_INSTANCE_PORT: 'http' }, 'AWS_INSTANCE_PORT'],
    [{ ...ipv4, AWS_INIT_HEALTH_STATUS: 'HEALTHY' }, 'AWS_INIT_HEALTH_STATUS'],
    [{ ...ipv4, AWS_EC2_INSTANCE_ID: 'i-1' }, 'AWS_EC2_INSTANCE_ID'],
    [{ ...ipv4, AWS_ALIAS_DNS_NAME: 'lb.example' }, 'AWS_ALIAS_DNS_NAME'],
    [{ AWS_ALIAS_DNS_NAME: 'lb.example' }, 'AWS_ALIAS_DNS_NAME'],
    [{ ...ipv4, '': 'x' }, 'key'],
    [{ ...ipv4, 'a b': 'x' }, 'key'],
    [{ ...ipv4, ['k'.repeat(256)]: 'x' }, 'key'],
    [{ ...ipv4, long: 'x'.repeat(1025) }, 'long'],
  ])('cannot be %j, and the message names %s', (attributes, member) => {
    const error = errorOf(() => register('i', attributes))
    expect(error.code).toBe('InvalidInput')
    expect(error.message).toContain(member)
    expect(context.state.cloudMap.running.size).toBe(0)
  })

  it('may be 30 of the caller and 5000 characters in all', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']))
    expect(codeOf(() => register('a', { ...ipv4, ...many(30) }))).toBeUndefined()
    expect(codeOf(() => register('b', { ...ipv4, ...many(31) }))).toBe('InvalidInput')
    const long = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((key) => [key, 'x'.repeat(1000)]))
    expect(errorOf(() => register('c', { ...ipv4, ...long })).message).toContain('5000')
  })

  it('may name a load balancer where the routing is weighted', () => {
    const weighted = serviceWith(['A'], {
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 1 }], RoutingPolicy: 'WEIGHTED' },
    })
    expect(codeOf(() => register('i', { AWS_ALIAS_DNS_NAME: 'lb.example' }, weighted.id))).toBeUndefined()
    expect(codeOf(() => register('j', { AWS_ALIAS_DNS_NAME: 'lb.example', ...ipv4 }, weighted.id))).toBe(
      'InvalidInput',
    )
  })

  it('may name an EC2 instance in an HTTP namespace, with nothing reserved beside it', () => {
    const http = makeService(context, makeNamespace(context, 'http', 'HTTP'), { HealthCheckCustomConfig: {} })
    const ec2 = { AWS_EC2_INSTANCE_ID: 'i-0123' }
    expect(
      codeOf(() => register('i', { ...ec2, AWS_INIT_HEALTH_STATUS: 'UNHEALTHY', own: 'x' }, http.id)),
    ).toBeUndefined()
    expect(codeOf(() => register('j', { ...ec2, ...ipv4 }, http.id))).toBe('InvalidInput')
    expect(codeOf(() => register('k', { AWS_INIT_HEALTH_STATUS: 'SICK' }, http.id))).toBe('InvalidInput')
  })
})

describe('deregistering an instance', () => {
  it('takes effect when the operation ends and moves the revision', () => {
    makeInstance(context, service, 'i')
    const before = service.revision
    deregisterInstance(context, { ServiceId: service.id, InstanceId: 'i' })
    expect(service.instances.size).toBe(1)
    settle(context)
    expect(service.instances.size).toBe(0)
    expect(service.revision).toBe(before + 1)
  })

  it('needs an instance that is there', () => {
    expect(codeOf(() => deregisterInstance(context, { ServiceId: service.id, InstanceId: 'i' }))).toBe(
      'InstanceNotFound',
    )
    expect(codeOf(() => deregisterInstance(context, { ServiceId: 'srv-x', InstanceId: 'i' }))).toBe(
      'ServiceNotFound',
    )
  })

  it('is refused while its registration is updated', () => {
    makeInstance(context, service, 'i')
    register('i')
    expect(codeOf(() => deregisterInstance(context, { ServiceId: service.id, InstanceId: 'i' }))).toBe(
      'DuplicateRequest',
    )
  })
})

describe('listing instances', () => {
  it('pages through all of them, in a stable order, with opaque tokens', () => {
    for (const id of ['c', 'a', 'b', 'e', 'd']) makeInstance(context, service, id)
    const seen: string[] = []
    let NextToken: string | undefined
    do {
      const page = listInstances(context, { ServiceId: service.id, MaxResults: 2, NextToken })
      seen.push(...(page.Instances ?? []).map(({ Id }) => Id ?? ''))
      NextToken = page.NextToken
    } while (NextToken)
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it.each([0, 101, 1.5, -1])('refuses %s as MaxResults', (MaxResults) => {
    expect(errorOf(() => listInstances(context, { ServiceId: service.id, MaxResults })).message).toContain(
      'MaxResults',
    )
  })

  it('refuses a token that it did not give', () => {
    for (const NextToken of ['x', '', 'AAAA', 'x'.repeat(5000)]) {
      expect(codeOf(() => listInstances(context, { ServiceId: service.id, NextToken }))).toBe('InvalidInput')
    }
  })
})

describe('the health of instances', () => {
  const healthOf = (id: string) =>
    getInstancesHealthStatus(context, { ServiceId: service.id, Instances: [id] }).Status?.[id]
  const tell = (InstanceId: string, Status: 'HEALTHY' | 'UNHEALTHY') =>
    updateInstanceCustomHealthStatus(context, { ServiceId: service.id, InstanceId, Status })

  it('is UNKNOWN without a health check, and cannot be told', () => {
    makeInstance(context, service, 'i')
    expect(healthOf('i')).toBe('UNKNOWN')
    expect(codeOf(() => tell('i', 'UNHEALTHY'))).toBe('CustomHealthNotFound')
  })

  it('starts HEALTHY with a custom check, or as the caller says', () => {
    service = makeService(context, namespace, { Name: 'custom', HealthCheckCustomConfig: {} })
    makeInstance(context, service, 'a')
    makeInstance(context, service, 'b', { AWS_INIT_HEALTH_STATUS: 'UNHEALTHY' })
    expect(getInstancesHealthStatus(context, { ServiceId: service.id }).Status).toEqual({
      a: 'HEALTHY',
      b: 'UNHEALTHY',
    })
  })

  describe('with a custom check', () => {
    beforeEach(() => {
      service = makeService(context, namespace, { Name: 'custom', HealthCheckCustomConfig: {} })
      makeInstance(context, service, 'i')
    })

    it('changes 30 s after it was told, and the revision does not move', () => {
      const before = service.revision
      expect(tell('i', 'UNHEALTHY')).toBeUndefined()
      context.clock.advance(29_999)
      expect(healthOf('i')).toBe('HEALTHY')
      context.clock.advance(1)
      expect(healthOf('i')).toBe('UNHEALTHY')
      expect(service.revision).toBe(before)
    })

    it('is not hurried or delayed by being told again', () => {
      tell('i', 'UNHEALTHY')
      context.clock.advance(20_000)
      tell('i', 'UNHEALTHY')
      context.clock.advance(10_000)
      expect(healthOf('i')).toBe('UNHEALTHY')
    })

    it('does not change when the contrary is told meanwhile', () => {
      tell('i', 'UNHEALTHY')
      context.clock.advance(10_000)
      tell('i', 'HEALTHY')
      context.clock.advance(60_000)
      expect(healthOf('i')).toBe('HEALTHY')
      expect(context.clock.waiting).toBe(0)
    })

    it('survives a registration of the same instance meanwhile', () => {
      tell('i', 'UNHEALTHY')
      makeInstance(context, service, 'i', { colour: 'blue' })
      context.clock.advance(30_000)
      expect(healthOf('i')).toBe('UNHEALTHY')
    })

    it('is forgotten with the instance', () => {
      tell('i', 'UNHEALTHY')
      deregisterInstance(context, { ServiceId: service.id, InstanceId: 'i' })
      settle(context)
      makeInstance(context, service, 'i')
      context.clock.advance(30_000)
      expect(healthOf('i')).toBe('HEALTHY')
    })
  })

  it('is refused for instances and services that are not there', () => {
    expect(codeOf(() => healthOf('nope'))).toBe('InstanceNotFound')
    expect(codeOf(() => tell('nope', 'HEALTHY'))).toBe('InstanceNotFound')
    expect(codeOf(() => getInstancesHealthStatus(context, { ServiceId: 'srv-x' }))).toBe('ServiceNotFound')
    expect(codeOf(() => getInstancesHealthStatus(context, { ServiceId: service.id, Instances: [] }))).toBe(
      'InvalidInput',
    )
  })
})
