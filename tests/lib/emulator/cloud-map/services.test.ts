import { beforeEach, describe, expect, it } from 'vitest'
import { deregisterInstance, registerInstance } from '@/lib/emulator/cloud-map/instances'
import { createService, deleteService, getService, listServices } from '@/lib/emulator/cloud-map/services'
import { updateService } from '@/lib/emulator/cloud-map/update-service'
import type { NamespaceRecord } from '@/lib/emulator/state/cloud-map'
import { codeOf, errorOf } from '../../../support/api-errors'
import { makeInstance, makeNamespace, makeService, operationOf, settle } from '../../../support/cloud-map'
import { makeTestContext, type TestContext } from '../../../support/test-context'

let context: TestContext
let namespace: NamespaceRecord
beforeEach(() => {
  context = makeTestContext()
  namespace = makeNamespace(context)
})
const a = { Type: 'A' as const, TTL: 60 }
const create = (settings: object) =>
  createService(context, { Name: 'api', NamespaceId: namespace.id, ...settings }).Service

describe('creating a service', () => {
  it('is done when it answers', () => {
    const made = create({
      DnsConfig: { DnsRecords: [a] },
      Description: 'x',
      HealthCheckCustomConfig: { FailureThreshold: 3 },
    })
    expect(made).toEqual({
      Id: expect.stringMatching(/^srv-[a-z0-9]{16}$/),
      Arn: `arn:aws:servicediscovery:us-east-1:111122223333:service/${made?.Id}`,
      ResourceOwner: '111122223333',
      Name: 'api',
      NamespaceId: namespace.id,
      Description: 'x',
      InstanceCount: 0,
      DnsConfig: { NamespaceId: namespace.id, RoutingPolicy: 'MULTIVALUE', DnsRecords: [a] },
      Type: 'DNS_HTTP',
      HealthCheckConfig: undefined,
      HealthCheckCustomConfig: { FailureThreshold: 1 },
      CreateDate: context.clock.now() / 1000,
      CreatorRequestId: undefined,
      CreatedByAccount: '111122223333',
    })
    expect(getService(context, { Id: made?.Id }).Service).toEqual(made)
    expect(getService(context, { Id: made?.Arn }).Service?.Id).toBe(made?.Id)
  })

  it('without records, or with Type HTTP, is for the API only', () => {
    expect(create({ Name: 'one' })).toMatchObject({ Type: 'HTTP', DnsConfig: undefined })
    expect(create({ Name: 'two', Type: 'HTTP' })).toMatchObject({ Type: 'HTTP', DnsConfig: undefined })
  })

  it('takes the namespace by ARN, or from DnsConfig as before 2019', () => {
    expect(create({ Name: 'one', NamespaceId: namespace.arn })?.NamespaceId).toBe(namespace.id)
    const old = create({
      Name: 'two',
      NamespaceId: undefined,
      DnsConfig: { NamespaceId: namespace.id, DnsRecords: [a] },
    })
    expect(old?.NamespaceId).toBe(namespace.id)
  })

  it.each(['api', '_http._tcp', 'a.b.c', 'A-1_b', '.', 'x'.repeat(63)])('takes the name %j', (Name) => {
    expect(create({ Name })?.Name).toBe(Name)
  })

  it.each([
    '',
    'a b',
    'x'.repeat(64),
    'a..b',
    '.a',
    'a.',
    'ü',
    `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}`,
  ])('refuses the name %j', (Name) => {
    expect(codeOf(() => create({ Name }))).toBe('InvalidInput')
  })

  it.each([[['A']], [['AAAA']], [['A', 'AAAA']], [['AAAA', 'A']], [['SRV']], [['CNAME']]])(
    'takes records of type %j',
    (types) => {
      const made = create({ DnsConfig: { DnsRecords: types.map((Type) => ({ Type, TTL: 1 })) } })
      expect(made?.DnsConfig?.DnsRecords?.map(({ Type }) => Type)).toEqual(types)
    },
  )

  it.each([[['A', 'SRV']], [['A', 'CNAME']], [['A', 'A']], [['SRV', 'CNAME']]])(
    'refuses records of type %j',
    (types) => {
      const error = errorOf(() =>
        create({ DnsConfig: { DnsRecords: types.map((Type) => ({ Type, TTL: 1 })) } }),
      )
      expect(error.code).toBe('InvalidInput')
      expect(error.message).toContain('DnsRecords')
    },
  )

  it('answers CNAME weighted, and refuses it multivalue', () => {
    const cname = [{ Type: 'CNAME', TTL: 1 }]
    expect(create({ DnsConfig: { DnsRecords: cname } })?.DnsConfig?.RoutingPolicy).toBe('WEIGHTED')
    expect(
      codeOf(() => create({ Name: 'b', DnsConfig: { DnsRecords: cname, RoutingPolicy: 'MULTIVALUE' } })),
    ).toBe('InvalidInput')
  })

  it.each([
    ['a TTL below 0', { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: -1 }] } }, 'TTL'],
    ['a TTL above 2147483647', { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 2 ** 31 }] } }, 'TTL'],
    ['half a second of TTL', { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 0.5 }] } }, 'TTL'],
    ['records for Type HTTP', { DnsConfig: { DnsRecords: [a] }, Type: 'HTTP' }, 'DnsConfig'],
    [
      'both health checks',
      { HealthCheckConfig: { Type: 'HTTP' }, HealthCheckCustomConfig: {} },
      'HealthCheckCustomConfig',
    ],
    ['a threshold of 0', { HealthCheckCustomConfig: { FailureThreshold: 0 } }, 'FailureThreshold'],
    ['a threshold of 11', { HealthCheckConfig: { Type: 'TCP', FailureThreshold: 11 } }, 'FailureThreshold'],
    ['a path for TCP', { HealthCheckConfig: { Type: 'TCP', ResourcePath: '/' } }, 'ResourcePath'],
    [
      'a path too long',
      { HealthCheckConfig: { Type: 'HTTP', ResourcePath: `/${'x'.repeat(255)}` } },
      'ResourcePath',
    ],
    ['no namespace', { NamespaceId: undefined }, 'NamespaceId'],
  ])('refuses %s, naming the member', (_, settings, member) => {
    const error = errorOf(() => create(settings))
    expect(error.code).toBe('InvalidInput')
    expect(error.message).toContain(member)
    expect(context.state.cloudMap.services.size).toBe(0)
  })

  it('refuses records in an HTTP namespace, an unknown namespace, and a health check with CNAME', () => {
    const http = makeNamespace(context, 'http', 'HTTP')
    const open = makeNamespace(context, 'example.com', 'DNS_PUBLIC')
    expect(codeOf(() => create({ NamespaceId: http.id, DnsConfig: { DnsRecords: [a] } }))).toBe(
      'InvalidInput',
    )
    expect(codeOf(() => create({ NamespaceId: 'ns-nope' }))).toBe('NamespaceNotFound')
    const withCname = {
      DnsConfig: { DnsRecords: [{ Type: 'CNAME', TTL: 1 }] },
      HealthCheckConfig: { Type: 'HTTP' },
    }
    expect(codeOf(() => create({ NamespaceId: open.id, ...withCname }))).toBe('InvalidInput')
  })

  it('refuses a name that is there and tells the one that is', () => {
    const first = create({ CreatorRequestId: 'one' })
    const error = errorOf(() => create({ CreatorRequestId: 'two' }))
    expect(error).toMatchObject({
      code: 'ServiceAlreadyExists',
      members: { ServiceId: first?.Id, ServiceArn: first?.Arn, CreatorRequestId: 'one' },
    })
  })

  it('gives the service that is there to the same request again', () => {
    const first = create({ CreatorRequestId: 'one' })
    expect(create({ CreatorRequestId: 'one' })?.Id).toBe(first?.Id)
    expect(listServices(context, {}).Services).toHaveLength(1)
  })

  it('refuses other content under the same CreatorRequestId', () => {
    create({ CreatorRequestId: 'one' })
    expect(codeOf(() => create({ CreatorRequestId: 'one', HealthCheckCustomConfig: {} }))).toBe(
      'ServiceAlreadyExists',
    )
    expect(codeOf(() => create({ CreatorRequestId: 'one', DnsConfig: { DnsRecords: [a] } }))).toBe(
      'ServiceAlreadyExists',
    )
    expect(listServices(context, {}).Services).toHaveLength(1)
  })

  it('does not tell case in DNS, but does in the API', () => {
    create({ Name: 'dns', DnsConfig: { DnsRecords: [a] } })
    expect(codeOf(() => create({ Name: 'DNS', DnsConfig: { DnsRecords: [a] } }))).toBe('ServiceAlreadyExists')
    create({ Name: 'api' })
    expect(codeOf(() => create({ Name: 'API' }))).toBeUndefined()
  })

  it('honours a health check in a private namespace and says what AWS would say', () => {
    const made = create({ HealthCheckConfig: { Type: 'HTTP' } })
    expect(made?.HealthCheckConfig).toEqual({ Type: 'HTTP', ResourcePath: '/', FailureThreshold: 1 })
    expect(context.lines.join()).toMatch(/warn .*AWS would answer InvalidInput: HealthCheckConfig/)
  })

  it('refuses a health check in a private namespace when strict, but not in a public one', () => {
    context = makeTestContext({ strict: true })
    namespace = makeNamespace(context)
    expect(codeOf(() => create({ HealthCheckConfig: { Type: 'HTTP' } }))).toBe('InvalidInput')
    namespace = makeNamespace(context, 'example.com', 'DNS_PUBLIC')
    expect(create({ HealthCheckConfig: { Type: 'TCP' } })?.HealthCheckConfig).toEqual({
      Type: 'TCP',
      FailureThreshold: 1,
    })
  })
})

describe('listing services', () => {
  it('leaves namespace and request id out of the summary', () => {
    create({ CreatorRequestId: 'x', DnsConfig: { DnsRecords: [a] } })
    const [summary] = listServices(context, {}).Services ?? []
    expect(summary).toMatchObject({ Name: 'api', DnsConfig: { DnsRecords: [a] } })
    expect(summary).not.toHaveProperty('NamespaceId')
    expect(summary).not.toHaveProperty('CreatorRequestId')
    expect(summary?.DnsConfig).not.toHaveProperty('NamespaceId')
  })

  it('filters by namespace, id or ARN, and by owner', () => {
    const other = makeNamespace(context, 'other', 'HTTP')
    create({ Name: 'one' })
    create({ Name: 'two', NamespaceId: other.id })
    const list = (Name: 'NAMESPACE_ID' | 'RESOURCE_OWNER', value: string) =>
      listServices(context, { Filters: [{ Name, Values: [value] }] }).Services?.map((service) => service.Name)
    expect(list('NAMESPACE_ID', namespace.id)).toEqual(['one'])
    expect(list('NAMESPACE_ID', other.arn)).toEqual(['two'])
    expect(list('RESOURCE_OWNER', 'SELF')).toHaveLength(2)
    expect(list('RESOURCE_OWNER', 'OTHER_ACCOUNTS')).toEqual([])
    expect(codeOf(() => list('RESOURCE_OWNER', 'ME'))).toBe('InvalidInput')
  })
})

describe('updating a service', () => {
  it('changes TTL and description when the operation ends', () => {
    const service = makeService(context, namespace)
    const started = updateService(context, {
      Id: service.id,
      Service: { Description: 'new', DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 5 }] } },
    })
    expect(operationOf(context, started)).toMatchObject({
      type: 'UPDATE_SERVICE',
      targets: { SERVICE: service.id },
    })
    expect(service.dnsRecords).toEqual([a])
    settle(context)
    expect(getService(context, { Id: service.id }).Service).toMatchObject({
      Description: 'new',
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 5 }] },
    })
  })

  it('deletes the records and the health check that it leaves out', () => {
    const open = makeNamespace(context, 'example.com', 'DNS_PUBLIC')
    const service = makeService(context, open, {
      DnsConfig: { DnsRecords: [a, { Type: 'AAAA', TTL: 60 }] },
      HealthCheckConfig: { Type: 'HTTP' },
    })
    updateService(context, { Id: service.id, Service: { DnsConfig: { DnsRecords: [a] } } })
    settle(context)
    expect(service.dnsRecords).toEqual([a])
    expect(service.healthCheckConfig).toBeUndefined()
    updateService(context, { Id: service.id, Service: { Description: 'only' } })
    settle(context)
    expect(service.dnsRecords).toEqual([])
  })

  it('keeps the custom health check whatever is said', () => {
    const service = makeService(context, namespace, { HealthCheckCustomConfig: {} })
    updateService(context, { Id: service.id, Service: { Description: 'x' } })
    settle(context)
    expect(service.healthCheckCustom).toBe(true)
    const added = { Id: service.id, Service: { HealthCheckConfig: { Type: 'HTTP' as const } } }
    expect(codeOf(() => updateService(context, added))).toBe('InvalidInput')
  })

  it('cannot change or add a record type, nor anything in an HTTP namespace', () => {
    const service = makeService(context, namespace)
    const toSrv = {
      Id: service.id,
      Service: { DnsConfig: { DnsRecords: [{ Type: 'SRV' as const, TTL: 5 }] } },
    }
    expect(errorOf(() => updateService(context, toSrv)).message).toContain('SRV')
    const http = makeService(context, makeNamespace(context, 'http', 'HTTP'), {})
    expect(codeOf(() => updateService(context, { Id: http.id, Service: { Description: 'x' } }))).toBe(
      'InvalidInput',
    )
    expect(codeOf(() => updateService(context, { Id: 'srv-nope', Service: {} }))).toBe('ServiceNotFound')
  })

  it('makes what is known of instances follow a health check that comes or goes', () => {
    const service = makeService(context, namespace)
    makeInstance(context, service, 'i', { AWS_INSTANCE_PORT: '80' })
    expect(service.instances.get('i')?.health).toBe('UNKNOWN')
    updateService(context, {
      Id: service.id,
      Service: { DnsConfig: { DnsRecords: [a] }, HealthCheckConfig: { Type: 'HTTP' } },
    })
    settle(context)
    expect(service.instances.get('i')?.health).toBe('HEALTHY')
    updateService(context, { Id: service.id, Service: { DnsConfig: { DnsRecords: [a] } } })
    settle(context)
    expect(service.instances.get('i')?.health).toBe('UNKNOWN')
  })
})

describe('deleting a service', () => {
  it('is done when it answers', () => {
    const service = makeService(context, namespace)
    expect(deleteService(context, { Id: service.arn })).toEqual({})
    expect(codeOf(() => getService(context, { Id: service.id }))).toBe('ServiceNotFound')
  })

  it('is refused while it is being updated', () => {
    const service = makeService(context, namespace)
    updateService(context, { Id: service.id, Service: { Description: 'x' } })
    expect(codeOf(() => deleteService(context, { Id: service.id }))).toBe('ResourceInUse')
    settle(context)
    expect(codeOf(() => deleteService(context, { Id: service.id }))).toBeUndefined()
  })

  it('is refused while it has instances, or is getting one', () => {
    const service = makeService(context, namespace)
    registerInstance(context, {
      ServiceId: service.id,
      InstanceId: 'i',
      Attributes: { AWS_INSTANCE_IPV4: '127.0.0.9' },
    })
    expect(codeOf(() => deleteService(context, { Id: service.id }))).toBe('ResourceInUse')
    settle(context)
    expect(errorOf(() => deleteService(context, { Id: service.id })).message).toBe(
      'Service contains registered instances; delete the instances before deleting the service',
    )
    deregisterInstance(context, { ServiceId: service.id, InstanceId: 'i' })
    settle(context)
    expect(codeOf(() => deleteService(context, { Id: service.id }))).toBeUndefined()
  })
})
