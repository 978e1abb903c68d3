import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  discoverInstances,
  discoverInstancesRevision,
  selectInstances,
} from '@/lib/emulator/cloud-map/discover'
import type { DiscoveryServiceRecord, InstanceRecord, NamespaceRecord } from '@/lib/emulator/state/cloud-map'
import { codeOf, errorOf } from '../../../support/api-errors'
import { makeInstance, makeNamespace, makeService } from '../../../support/cloud-map'
import { makeTestContext, type TestContext } from '../../../support/test-context'

let context: TestContext
let namespace: NamespaceRecord
let service: DiscoveryServiceRecord
beforeEach(() => {
  context = makeTestContext()
  namespace = makeNamespace(context)
  service = makeService(context, namespace, {
    DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
    HealthCheckCustomConfig: {},
  })
})
const discover = (input: object = {}) =>
  discoverInstances(context, { NamespaceName: 'production.local', ServiceName: 'api', ...input })
const idsOf = (input: object = {}) => discover(input).Instances?.map(({ InstanceId }) => InstanceId)

describe('discovering instances', () => {
  it('tells names, health, attributes and the revision', () => {
    makeInstance(context, service, 'i', { colour: 'blue' })
    expect(discover()).toEqual({
      Instances: [
        {
          InstanceId: 'i',
          NamespaceName: 'production.local',
          ServiceName: 'api',
          HealthStatus: 'HEALTHY',
          Attributes: { AWS_INSTANCE_IPV4: '127.10.0.11', colour: 'blue' },
        },
      ],
      InstancesRevision: 2,
    })
    expect(
      discoverInstancesRevision(context, { NamespaceName: 'production.local', ServiceName: 'api' }),
    ).toEqual({
      InstancesRevision: 2,
    })
  })

  it('goes by the HttpName of the namespace', () => {
    const second = makeNamespace(context, 'production.local', 'HTTP')
    makeService(context, second, { Name: 'other' })
    expect(codeOf(() => discover({ ServiceName: 'other' }))).toBe('ServiceNotFound')
    expect(discover({ NamespaceName: second.httpName, ServiceName: 'other' }).Instances).toEqual([])
  })

  it('does not tell case of a service in DNS, and does of one in the API', () => {
    makeService(context, namespace, { Name: 'Api-Only', DnsConfig: undefined })
    expect(codeOf(() => discover({ ServiceName: 'API' }))).toBeUndefined()
    expect(codeOf(() => discover({ ServiceName: 'api-only' }))).toBe('ServiceNotFound')
    expect(codeOf(() => discover({ ServiceName: 'Api-Only' }))).toBeUndefined()
  })

  it('is refused for names that are not there, another owner, and bounds', () => {
    expect(codeOf(() => discover({ NamespaceName: 'nope' }))).toBe('NamespaceNotFound')
    expect(codeOf(() => discover({ ServiceName: 'nope' }))).toBe('ServiceNotFound')
    expect(codeOf(() => discover({ OwnerAccount: '999999999999' }))).toBe('NamespaceNotFound')
    expect(codeOf(() => discover({ OwnerAccount: '111122223333' }))).toBeUndefined()
    for (const MaxResults of [0, 1001])
      expect(errorOf(() => discover({ MaxResults })).message).toContain('MaxResults')
    expect(codeOf(() => discover({ NamespaceName: '' }))).toBe('InvalidInput')
  })

  it('comes in an order left to chance, each as likely as another', () => {
    for (const id of ['a', 'b', 'c']) makeInstance(context, service, id)
    let state = 1
    const random = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    context = { ...context, random }
    const firsts = new Map<string, number>()
    for (let round = 0; round < 3_000; round += 1) {
      const [first = ''] = idsOf({ MaxResults: 1 }) ?? []
      firsts.set(first, (firsts.get(first) ?? 0) + 1)
    }
    expect([...firsts.keys()].sort()).toEqual(['a', 'b', 'c'])
    for (const count of firsts.values()) expect(count).toBeGreaterThan(850)
  })

  it('narrows by QueryParameters, and by OptionalParameters where something is left', () => {
    makeInstance(context, service, 'a', { colour: 'blue', zone: '1' })
    makeInstance(context, service, 'b', { colour: 'blue', zone: '2' })
    makeInstance(context, service, 'c', { colour: 'red', zone: '2' })
    expect(idsOf({ QueryParameters: { colour: 'blue' } })?.sort()).toEqual(['a', 'b'])
    expect(idsOf({ QueryParameters: { colour: 'blue', zone: '2' } })).toEqual(['b'])
    expect(idsOf({ QueryParameters: { colour: 'green' } })).toEqual([])
    expect(idsOf({ QueryParameters: { colour: 'blue' }, OptionalParameters: { zone: '1' } })).toEqual(['a'])
    expect(idsOf({ QueryParameters: { colour: 'blue' }, OptionalParameters: { zone: '9' } })?.sort()).toEqual(
      ['a', 'b'],
    )
    expect(idsOf({ QueryParameters: { toString: 'x' } })).toEqual([])
  })

  it('filters by health', () => {
    makeInstance(context, service, 'good')
    makeInstance(context, service, 'bad', { AWS_INIT_HEALTH_STATUS: 'UNHEALTHY' })
    expect(idsOf({ HealthStatus: 'HEALTHY' })).toEqual(['good'])
    expect(idsOf({ HealthStatus: 'UNHEALTHY' })).toEqual(['bad'])
    expect(idsOf({ HealthStatus: 'ALL' })).toHaveLength(2)
    expect(idsOf()).toHaveLength(2)
    expect(idsOf({ HealthStatus: 'HEALTHY_OR_ELSE_ALL' })).toEqual(['good'])
  })

  it('gives all when none is healthy and the caller prefers that to nothing', () => {
    makeInstance(context, service, 'bad', { AWS_INIT_HEALTH_STATUS: 'UNHEALTHY' })
    expect(idsOf({ HealthStatus: 'HEALTHY_OR_ELSE_ALL' })).toEqual(['bad'])
    expect(idsOf({ HealthStatus: 'HEALTHY' })).toEqual([])
  })

  it('ignores the health filter where there is no health check', () => {
    const unchecked = makeService(context, namespace, { Name: 'unchecked' })
    makeInstance(context, unchecked, 'i')
    for (const HealthStatus of ['HEALTHY', 'UNHEALTHY', 'ALL', 'HEALTHY_OR_ELSE_ALL']) {
      expect(idsOf({ ServiceName: 'unchecked', HealthStatus })).toEqual(['i'])
    }
  })

  it('never invents or repeats an instance, whatever is asked', () => {
    const health = fc.constantFrom<InstanceRecord['health']>('HEALTHY', 'UNHEALTHY', 'UNKNOWN')
    const attributes = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'))
    const instances = fc.uniqueArray(fc.record({ id: fc.string({ minLength: 1 }), health, attributes }), {
      selector: ({ id }) => id,
    })
    const filter = fc.constantFrom(
      'HEALTHY' as const,
      'UNHEALTHY' as const,
      'ALL' as const,
      'HEALTHY_OR_ELSE_ALL' as const,
    )
    fc.assert(
      fc.property(
        instances,
        attributes,
        attributes,
        filter,
        fc.boolean(),
        (all, query, optional, status, custom) => {
          const given = new Map(all.map((instance) => [instance.id, instance]))
          const found = selectInstances(
            { instances: given, healthCheckCustom: custom },
            query,
            optional,
            status,
          )
          expect(new Set(found).size).toBe(found.length)
          for (const { id, attributes: own } of found) {
            expect(given.has(id)).toBe(true)
            expect(own).toMatchObject(query)
          }
          // Fail-open never gives less than the strict filter.
          if (status === 'HEALTHY') {
            const open = selectInstances(
              { instances: given, healthCheckCustom: custom },
              query,
              optional,
              'HEALTHY_OR_ELSE_ALL',
            )
            expect(open.length).toBeGreaterThanOrEqual(found.length)
          }
        },
      ),
    )
  })
})
