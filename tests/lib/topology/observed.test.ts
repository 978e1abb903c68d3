import { describe, expect, it } from 'vitest'
import type { EdgeTraffic, Inventory } from '@/lib/inventory/model'
import { buildTopology } from '@/lib/topology/build'
import { rounded } from '@/lib/topology/observed'
import {
  cluster,
  connected,
  connectedService,
  container,
  definition,
  inventory,
  NOW,
  namespace,
  service,
  traffic,
} from '../../support/inventory'

const offers = (discoveryName: string, inNamespace = namespace().arn) =>
  connected([{ alias: `${discoveryName}-svc`, discoveryName }], { namespace: inNamespace })

function edgesOf(seen: readonly Partial<EdgeTraffic>[], more: Partial<Inventory> = {}) {
  return buildTopology({
    ...inventory({
      services: [connectedService('web'), connectedService('users', offers('users'))],
      traffic: seen.map(traffic),
    }),
    ...more,
  }).edges
}

describe('observed traffic', () => {
  it('draws an edge that nothing declares', () => {
    expect(edgesOf([{}])).toEqual([
      {
        id: 'service/default/web->service/default/users',
        source: 'service/default/web',
        target: 'service/default/users',
        problem: null,
        evidence: [
          {
            kind: 'observed',
            discoveryName: 'users',
            requestsPerSecond: 12,
            bytesPerSecond: 2_400,
            errorShare: 0,
            p50Ms: 3,
            p95Ms: 9,
            sinceMs: NOW - 600_000,
            lastSeenMs: NOW - 15_000,
          },
        ],
      },
    ])
  })

  it('joins what is declared on the same edge', () => {
    const edges = buildTopology(
      inventory({
        services: [connectedService('web'), connectedService('users', offers('users'))],
        definitions: [definition('web', [container('web', { U: 'http://users-svc:80' })])],
        traffic: [traffic()],
      }),
    ).edges
    expect(edges.map((edge) => edge.evidence.map((one) => one.kind))).toEqual([
      ['declared', 'alias', 'observed'],
    ])
  })

  it.each([
    ['of a caller that is gone', { serviceName: 'gone' }],
    ['of another cluster', { clusterName: 'other' }],
    ['to an endpoint that is gone', { targetDiscoveryName: 'gone' }],
    ['of a service to itself', { serviceName: 'users' }],
  ])('%s draws nothing', (_, more) => {
    expect(edgesOf([more])).toEqual([])
  })

  it('goes to the endpoint of the caller’s own namespace when two have the name', () => {
    const edges = edgesOf([{}], {
      namespaces: [namespace(), namespace('staging')],
      services: [
        connectedService('web', connected([], { namespace: namespace('staging').arn })),
        connectedService('users', offers('users')),
        connectedService('users-staging', offers('users', namespace('staging').arn)),
      ],
    })
    expect(edges.map((edge) => edge.target)).toEqual(['service/default/users-staging'])
  })

  it('of a caller that was switched off goes to the only endpoint of that name', () => {
    const services = [service('web'), connectedService('users', offers('users'))]
    expect(edgesOf([{}], { services })).toHaveLength(1)
    const two = [...services, connectedService('twin', offers('users', 'arn:x/ns-other'))]
    expect(edgesOf([{}], { services: two })).toEqual([])
  })

  it('tells two endpoints of one service apart on its edge', () => {
    const both = connected([
      { alias: 'a', discoveryName: 'users' },
      { alias: 'b', discoveryName: 'admin', portName: 'admin' },
    ])
    const edges = edgesOf([{ targetDiscoveryName: 'users' }, { targetDiscoveryName: 'admin' }], {
      services: [connectedService('web'), connectedService('users', both)],
    })
    expect(edges).toHaveLength(1)
    expect(edges[0]?.evidence.map((one) => one.kind === 'observed' && one.discoveryName)).toEqual([
      'admin',
      'users',
    ])
  })

  it('takes the caller of the right cluster', () => {
    const arn = (name: string) => cluster(name).arn
    const edges = edgesOf([{ clusterName: 'blue' }], {
      clusters: [cluster('blue'), cluster('green')],
      services: [
        connectedService('web', connected(), { arn: 'arn:blue/web', clusterArn: arn('blue') }),
        connectedService('web', connected(), { arn: 'arn:green/web', clusterArn: arn('green') }),
        connectedService('users', offers('users'), { clusterArn: arn('blue') }),
      ],
    })
    expect(edges.map((edge) => edge.source)).toEqual(['service/blue/web'])
  })

  it('says the same of the same traffic in another order', () => {
    const seen = [{ targetDiscoveryName: 'users' }, { serviceName: 'users', targetDiscoveryName: 'users' }]
    expect(edgesOf(seen.toReversed())).toEqual(edgesOf(seen))
  })

  it.each([
    [7, 1],
    [-1, 0],
    [0.12345, 0.123],
    [null, null],
  ])('keeps an error share of %j between 0 and 1', (errorShare, told) => {
    expect(edgesOf([{ errorShare }])[0]?.evidence[0]).toMatchObject({ errorShare: told })
  })
})

describe('a figure worth telling', () => {
  it.each([
    [0, 0],
    [-1, 0],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 0],
    [0.012345, 0.012],
    [1.26, 1.3],
    [12.4, 12],
    [1_234, 1_200],
    [99.6, 100],
  ])('of %d is %d', (value, told) => {
    expect(rounded(value)).toBe(told)
  })
})
