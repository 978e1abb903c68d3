import { describe, expect, it } from 'vitest'
import { answer } from '@/lib/emulator/dns/answer'
import { buildZoneSource } from '@/lib/emulator/dns/zones'
import type { InstanceRecord } from '@/lib/emulator/state/cloud-map'
import { makeRegions } from '@/lib/emulator/state/region'
import { makeInstance, makeNamespace, makeService } from '../../../support/cloud-map-records'
import { ask } from '../../../support/dns-zones'

const here = { accountId: '000000000000', region: 'us-east-1' }
const there = { accountId: '000000000000', region: 'eu-west-1' }

const byId = (...instances: InstanceRecord[]) => new Map(instances.map((one) => [one.id, one]))
const v4 = (id: string, address: string, more: Record<string, string> = {}) =>
  makeInstance({ id, attributes: { AWS_INSTANCE_IPV4: address, ...more } })

function setUp() {
  const regions = makeRegions()
  const { cloudMap } = regions.of(here)
  const scopes = new Map([['127.10.0.50', there]])
  const source = buildZoneSource(regions, { defaultScope: here, scopeOf: (address) => scopes.get(address) })
  cloudMap.namespaces.set('ns-1', makeNamespace())
  const query = (name: string, type: Parameters<typeof ask>[1] = 'A', asker = '127.0.0.1') => {
    const reply = answer(ask(name, type), source(asker), () => 0)
    return { code: reply.code, data: reply.answers.map((one) => ('data' in one ? one.data : undefined)) }
  }
  const add = (changes: Parameters<typeof makeService>[0]) => {
    const service = makeService(changes)
    cloudMap.services.set(service.id, service)
    return service
  }
  return { regions, cloudMap, query, add }
}

describe('services of a namespace', () => {
  it('are answered under their name, in any case', () => {
    const { add, query } = setUp()
    add({ instances: byId(v4('a', '127.10.0.11')) })
    expect(query('api.production.local')).toEqual({ code: 'NOERROR', data: ['127.10.0.11'] })
    expect(query('API.PRODUCTION.local').data).toEqual(['127.10.0.11'])
  })

  it('do not exist without instances', () => {
    const { add, query } = setUp()
    add({})
    expect(query('api.production.local').code).toBe('NXDOMAIN')
  })

  it('follow every change at once: instance, health, TTL, service', () => {
    const { add, cloudMap, query } = setUp()
    const service = add({ instances: byId(v4('a', '127.10.0.11')) })
    expect(query('api.production.local').data).toEqual(['127.10.0.11'])
    const second = v4('b', '127.10.0.12')
    service.instances.set('b', second)
    expect(query('api.production.local').data).toHaveLength(2)
    second.health = 'UNHEALTHY'
    expect(query('api.production.local').data).toEqual(['127.10.0.11'])
    cloudMap.services.delete(service.id)
    expect(query('api.production.local').code).toBe('NXDOMAIN')
    add({ id: 'srv-2', instances: byId(v4('c', '127.10.0.13')) })
    expect(query('api.production.local').data).toEqual(['127.10.0.13'])
  })

  it('answer the same name of another service after one was replaced between two queries', () => {
    const { add, cloudMap, query } = setUp()
    add({ instances: byId(v4('a', '127.10.0.11')) })
    query('api.production.local')
    cloudMap.services.delete('srv-1')
    add({ id: 'srv-9', instances: byId(v4('z', '127.10.0.99')) })
    expect(query('api.production.local').data).toEqual(['127.10.0.99'])
  })

  it('count as healthy when their health is unknown', () => {
    const { add, query } = setUp()
    add({
      instances: byId(makeInstance({ id: 'a', health: 'UNKNOWN' }), {
        ...v4('b', '127.10.0.12'),
        health: 'UNHEALTHY',
      }),
    })
    expect(query('api.production.local').data).toEqual(['127.10.0.11'])
  })

  it('have no records in an HTTP namespace, nor when they are for the API only', () => {
    const { add, cloudMap, query } = setUp()
    cloudMap.namespaces.set('ns-http', makeNamespace({ id: 'ns-http', name: 'calls', type: 'HTTP' }))
    add({ id: 'srv-h', namespaceId: 'ns-http', instances: byId(v4('a', '127.10.0.11')) })
    add({
      id: 'srv-api',
      name: 'quiet',
      dnsRecords: [],
      type: 'HTTP',
      instances: byId(v4('a', '127.10.0.11')),
    })
    expect(query('api.calls').code).toBe('REFUSED')
    expect(query('quiet.production.local').code).toBe('NXDOMAIN')
  })

  it('answer from public namespaces too', () => {
    const { add, cloudMap, query } = setUp()
    cloudMap.namespaces.set('ns-p', makeNamespace({ id: 'ns-p', name: 'example.com', type: 'DNS_PUBLIC' }))
    add({ id: 'srv-p', namespaceId: 'ns-p', instances: byId(v4('a', '127.10.0.11')) })
    expect(query('api.example.com').data).toEqual(['127.10.0.11'])
  })
})

describe('SRV', () => {
  const srv = { dnsRecords: [{ Type: 'SRV' as const, TTL: 10 }] }

  it('names each instance, whose name then has the address', () => {
    const { add, query } = setUp()
    add({ ...srv, instances: byId(v4('Task1', '127.10.0.11', { AWS_INSTANCE_PORT: '8080' })) })
    const target = 'Task1.api.production.local'
    expect(query('api.production.local', 'SRV').data).toEqual([
      { priority: 1, weight: 1, port: 8080, target },
    ])
    expect(query(target).data).toEqual(['127.10.0.11'])
    expect(query('task1.API.production.local').data).toEqual(['127.10.0.11'])
    expect(query(target, 'AAAA')).toEqual({ code: 'NOERROR', data: [] })
    expect(query('other.api.production.local').code).toBe('NXDOMAIN')
  })

  it('leaves instance names alone where there is no SRV record, as Route 53 does', () => {
    const { add, query } = setUp()
    add({ instances: byId(v4('task1', '127.10.0.11')) })
    expect(query('task1.api.production.local').code).toBe('NXDOMAIN')
  })

  it.each([
    ['no port', {}],
    ['a port that is none', { AWS_INSTANCE_PORT: '99999' }],
  ])('leaves out an instance with %s', (_what, more) => {
    const { add, query } = setUp()
    add({ ...srv, instances: byId(v4('a', '127.10.0.11', more)) })
    expect(query('api.production.local', 'SRV')).toEqual({ code: 'NOERROR', data: [] })
  })

  it('leaves out an instance whose id is longer than a label can be', () => {
    const { add, query } = setUp()
    const port = { AWS_INSTANCE_PORT: '80' }
    add({ ...srv, instances: byId(v4('x'.repeat(64), '127.10.0.11', port), v4('ok', '127.10.0.12', port)) })
    expect(query('api.production.local', 'SRV').data).toHaveLength(1)
  })
})

describe('names with dots', () => {
  it('find a service whose own name has dots, and know the names between', () => {
    const { add, query } = setUp()
    add({ name: 'v1.api', instances: byId(v4('a', '127.10.0.11')) })
    expect(query('v1.api.production.local').data).toEqual(['127.10.0.11'])
    expect(query('api.production.local')).toEqual({ code: 'NOERROR', data: [] })
    expect(query('i.production.local').code).toBe('NXDOMAIN')
  })

  it('find an instance whose id has dots', () => {
    const { add, query } = setUp()
    const more = { AWS_INSTANCE_PORT: '80' }
    add({
      name: 'v1.api',
      dnsRecords: [{ Type: 'SRV', TTL: 5 }],
      instances: byId(v4('host.a', '127.10.0.11', more)),
    })
    expect(query('host.a.v1.api.production.local').data).toEqual(['127.10.0.11'])
    expect(query('a.v1.api.production.local').code).toBe('NXDOMAIN')
  })

  it('belong to the most specific namespace', () => {
    const { add, cloudMap, query } = setUp()
    cloudMap.namespaces.set('ns-2', makeNamespace({ id: 'ns-2', name: 'eu.production.local' }))
    add({ name: 'api.eu', instances: byId(v4('a', '127.10.0.11')) })
    add({ id: 'srv-2', namespaceId: 'ns-2', instances: byId(v4('b', '127.10.0.22')) })
    expect(query('api.eu.production.local').data).toEqual(['127.10.0.22'])
  })
})

describe('what is not an address', () => {
  it.each(['not-an-address', '', '127.0.0', '::1'])('leaves out %j as IPv4', (AWS_INSTANCE_IPV4) => {
    const { add, query } = setUp()
    add({ instances: byId(makeInstance({ id: 'a', attributes: { AWS_INSTANCE_IPV4 } })) })
    expect(query('api.production.local')).toEqual({ code: 'NOERROR', data: [] })
  })

  it('answers AAAA and CNAME from their attributes', () => {
    const { add, query } = setUp()
    const six = makeInstance({ id: 'a', attributes: { AWS_INSTANCE_IPV6: 'fd00::7' } })
    add({ dnsRecords: [{ Type: 'AAAA', TTL: 5 }], instances: byId(six) })
    const alias = makeInstance({ id: 'b', attributes: { AWS_INSTANCE_CNAME: 'api.production.local.' } })
    add({
      id: 'srv-c',
      name: 'alias',
      dnsRecords: [{ Type: 'CNAME', TTL: 5 }],
      routingPolicy: 'WEIGHTED',
      instances: byId(alias),
    })
    expect(query('api.production.local', 'AAAA').data).toEqual(['fd00::7'])
    expect(query('alias.production.local', 'AAAA').data).toEqual(['api.production.local', 'fd00::7'])
  })
})

describe('who asks', () => {
  function twoRegions() {
    const setup = setUp()
    setup.add({ instances: byId(v4('a', '127.10.0.11')) })
    const other = setup.regions.of(there).cloudMap
    other.namespaces.set('ns-1', makeNamespace())
    const service = makeService({ instances: byId(v4('b', '127.10.0.22')) })
    other.services.set(service.id, service)
    const only = makeService({ id: 'srv-o', name: 'only-there', instances: byId(v4('c', '127.10.0.33')) })
    other.services.set(only.id, only)
    return setup
  }

  it('a task sees the names of its own account and region', () => {
    expect(twoRegions().query('api.production.local', 'A', '127.10.0.50').data).toEqual(['127.10.0.22'])
  })

  it('anybody else sees the default region first, then the others', () => {
    const { query } = twoRegions()
    expect(query('api.production.local').data).toEqual(['127.10.0.11'])
    expect(query('only-there.production.local').data).toEqual(['127.10.0.33'])
  })

  it('a task does not see what only another region has', () => {
    const setup = setUp()
    setup.add({ instances: byId(v4('a', '127.10.0.11')) })
    expect(setup.query('api.production.local', 'A', '127.10.0.50').code).toBe('REFUSED')
  })
})
