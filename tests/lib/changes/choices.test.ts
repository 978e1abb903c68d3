import { describe, expect, it } from 'vitest'
import { addressesOf, addressValue } from '@/lib/changes/addresses'
import { choicesFrom } from '@/lib/changes/choices'
import {
  container,
  definition,
  exampleInventory,
  inventory,
  namespace,
  registered,
  registry,
  registryArn,
  service,
} from '../../support/inventory'
import { network, worldOf } from '../../support/world'

const SECRET = 'hunter2-very-secret'
const given = exampleInventory()
const world = worldOf(
  {
    ...given,
    taskDefinitions: Object.fromEntries(
      [
        definition('backend-api-service', [container('backend', { DB_PASSWORD: SECRET })]),
        definition('frontend-web-service', [
          container('frontend', { BACKEND_URL: `http://x:${SECRET}@y` }, 3000),
        ]),
      ].map((one) => [one.arn, one]),
    ),
  },
  { families: [{ family: 'web', latestRevision: 3 }] },
)

describe('what forms can offer', () => {
  const choices = choicesFrom(world)

  it('is what is there, by name', () => {
    expect(choices.clusters.map(({ name }) => name)).toEqual(['default'])
    expect(choices.namespaces).toMatchObject([
      { name: 'production.local', type: 'DNS_PRIVATE', discoveryServices: 2 },
    ])
    expect(choices.discoveryServices[0]).toEqual({
      id: 'srv-backend-api',
      arn: registryArn('backend-api'),
      name: 'backend-api',
      namespaceId: 'ns-production.local',
      namespaceName: 'production.local',
      dnsName: 'backend-api.production.local',
      recordTypes: ['A'],
      ttlSeconds: 60,
      routingPolicy: 'MULTIVALUE',
      healthCheck: 'custom',
      instances: 2,
      usedBy: ['backend-api-service'],
    })
    expect(choices.services).toMatchObject([
      {
        name: 'backend-api-service',
        nodeId: 'service/default/backend-api-service',
        discoveryName: 'backend-api',
        desired: 2,
      },
      { name: 'frontend-web-service' },
    ])
    expect(choices.network).toEqual(network)
    expect(choices.families).toEqual([{ family: 'web', latestRevision: 3 }])
  })

  it('names the variables of a revision, never their values', () => {
    expect(choices.revisions[0]).toMatchObject({
      family: 'backend-api-service',
      containers: [{ name: 'backend', variables: ['DB_PASSWORD'], ports: [{ containerPort: 8080 }] }],
    })
    expect(JSON.stringify(choices)).not.toContain(SECRET)
  })

  it('does not count what could not be read', () => {
    const blind = choicesFrom(
      worldOf(
        inventory({
          namespaces: [namespace(undefined, { servicesRead: false })],
          discoveryServices: [registry('api', null)],
        }),
      ),
    )
    expect(blind.namespaces[0]?.discoveryServices).toBeNull()
    expect(blind.discoveryServices[0]?.instances).toBeNull()
  })

  it('has no DNS name without DNS', () => {
    const http = choicesFrom(
      worldOf(
        inventory({
          discoveryServices: [registry('api', [registered(1)], { dnsRecords: [], routingPolicy: null })],
        }),
      ),
    )
    expect(http.discoveryServices[0]).toMatchObject({ dnsName: null, ttlSeconds: null, recordTypes: [] })
  })
})

describe('addresses for environment variables', () => {
  it('are the names that DNS answers, with the port that the service listens on', () => {
    expect(addressesOf(world.topology)).toMatchObject([
      {
        name: 'backend-api',
        variable: 'BACKEND_API_URL',
        value: 'http://backend-api.production.local:8080',
        port: 8080,
      },
      {
        name: 'frontend-web',
        variable: 'FRONTEND_WEB_URL',
        value: 'http://frontend-web.production.local:3000',
      },
    ])
  })

  it.each([
    [80, 'http://h'],
    [8080, 'http://h:8080'],
    [5432, 'h:5432'],
    [6379, 'h:6379'],
    [null, 'http://h'],
  ])('on port %s look like %s', (port, value) => expect(addressValue('h', port)).toBe(value))

  it('are not offered for SRV alone, for services without DNS, or for ports of UDP', () => {
    const db = service('db', { registryArns: [registryArn('db')] })
    const of = (dnsRecords: readonly { type: string; ttlSeconds: number }[], protocol = 'tcp') => {
      const one = container('db', {}, 5432)
      return addressesOf(
        worldOf(
          inventory({
            services: [db],
            definitions: [
              definition('db', [{ ...one, ports: one.ports.map((port) => ({ ...port, protocol })) }]),
            ],
            discoveryServices: [registry('db', [], { dnsRecords })],
          }),
        ).topology,
      )
    }
    expect(of([{ type: 'SRV', ttlSeconds: 1 }])).toEqual([])
    expect(of([])).toEqual([])
    expect(of([{ type: 'A', ttlSeconds: 1 }])).toMatchObject([
      { variable: 'DB_ADDRESS', value: 'db.production.local:5432' },
    ])
    expect(of([{ type: 'A', ttlSeconds: 1 }], 'udp')).toMatchObject([
      { port: null, value: 'http://db.production.local' },
    ])
  })
})
