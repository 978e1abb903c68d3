import { describe, expect, it } from 'vitest'
import type { DiscoveryService, Inventory, Namespace } from '@/lib/inventory/model'
import { buildTopology } from '@/lib/topology/build'
import {
  container,
  definition,
  inventory,
  namespace,
  registered,
  registry,
  registryArn,
  service,
  task,
} from '../../support/inventory'

type Scene = {
  /** What the caller's environment says. */
  readonly environment: Record<string, string>
  readonly callee?: Partial<DiscoveryService>
  readonly calleePort?: number | null
  readonly calleeDesired?: number
  readonly namespaces?: readonly Namespace[]
  readonly more?: Partial<Inventory>
}

/** One caller, `web`, and one callee, `api`, listening on 8080 in production.local. */
function scene({ environment, callee = {}, calleePort = 8080, calleeDesired = 1, namespaces, more }: Scene) {
  const map = buildTopology({
    ...inventory({
      services: [
        service('web'),
        service('api', {
          registryArns: [registryArn('api')],
          desired: calleeDesired,
          running: calleeDesired,
        }),
      ],
      tasks: [task(1, 'web'), ...(calleeDesired > 0 ? [task(2, 'api')] : [])],
      definitions: [
        definition('web', [container('web', environment)]),
        definition('api', [container('api', {}, calleePort)]),
      ],
      discoveryServices: [registry('api', [registered(2)], callee)],
      ...(namespaces ? { namespaces } : {}),
    }),
    ...more,
  })
  return { map, edges: map.edges, problem: map.edges[0]?.problem }
}

describe('a declared call', () => {
  it('works when name, port and an instance are there', () => {
    expect(scene({ environment: { API: 'http://api.production.local:8080' } }).problem).toBeNull()
  })

  it('is found in every container, and told with its container and variable', () => {
    const facts = inventory({
      services: [service('web'), service('api', { registryArns: [registryArn('api')] })],
      definitions: [
        definition('web', [
          container('app', { A: 'http://api.production.local:8080' }),
          container('sidecar', { B: 'api.production.local:8080' }),
        ]),
      ],
      discoveryServices: [registry('api', [registered(2)])],
    })
    const { edges } = buildTopology(facts)
    expect(edges).toHaveLength(1)
    expect(edges[0]?.evidence).toMatchObject([
      { container: 'app', variable: 'A', port: 8080 },
      { container: 'sidecar', variable: 'B', port: 8080 },
    ])
  })

  it('compares names without regard to case or a trailing dot', () => {
    expect(scene({ environment: { API: 'http://API.Production.Local.:8080' } }).edges).toHaveLength(1)
  })

  it('is not drawn from a service to itself', () => {
    const facts = inventory({
      services: [service('api', { registryArns: [registryArn('api')] })],
      definitions: [definition('api', [container('api', { SELF: 'http://api.production.local:8080' })])],
      discoveryServices: [registry('api', [registered(2)])],
    })
    expect(buildTopology(facts).edges).toEqual([])
  })

  it('is found for the name of a single instance, as SRV answers give it', () => {
    expect(scene({ environment: { API: 'http://abc123.api.production.local:8080' } }).edges).toHaveLength(1)
  })

  it('is not invented for names of other systems', () => {
    const environment = {
      A: 'https://api.stripe.com',
      B: 'http://production.local',
      C: 'xapi.production.localx',
    }
    const { map } = scene({ environment })
    expect(map.edges).toEqual([])
    expect(map.services.map((node) => node.id)).toEqual(['service/default/api', 'service/default/web'])
  })

  it('is drawn from tasks that no service runs', () => {
    const facts = inventory({
      services: [service('api', { registryArns: [registryArn('api')] })],
      tasks: [task(3, 'job', { group: 'family:job' })],
      definitions: [definition('job', [container('job', { API: 'http://api.production.local:8080' })])],
      discoveryServices: [registry('api', [registered(2)])],
    })
    expect(buildTopology(facts).edges).toMatchObject([
      { source: 'tasks/default/family:job', target: 'service/default/api' },
    ])
  })
})

describe('a declared call that cannot work', () => {
  it('names a service that does not exist: a card stands where it should be', () => {
    const { map, problem } = scene({ environment: { API_URL: 'http://apii.production.local:8080' } })
    expect(problem).toBe(
      'API_URL of web names apii.production.local, but production.local has no such service.',
    )
    expect(map.services.find((node) => node.id === 'missing/apii.production.local')).toMatchObject({
      name: 'apii',
      namespace: 'namespace/ns-production.local',
      state: 'bad',
      status: 'does not exist',
      ecs: null,
      discovery: null,
    })
  })

  it('is not accused of a missing name while services of the namespace are unknown', () => {
    const { edges } = scene({
      environment: { API: 'http://other.production.local' },
      namespaces: [namespace('production.local', { servicesRead: false })],
    })
    expect(edges).toEqual([])
  })

  it('is not accused of a missing name in a public zone, which holds other names too', () => {
    const { edges } = scene({
      environment: { API: 'https://www.example.com' },
      namespaces: [namespace(), namespace('example.com', { type: 'DNS_PUBLIC' })],
    })
    expect(edges).toEqual([])
  })

  it('takes the longest namespace that fits', () => {
    const { map } = scene({
      environment: { API: 'http://x.eu.production.local' },
      namespaces: [namespace(), namespace('eu.production.local')],
    })
    const missing = map.services.find((node) => node.id.startsWith('missing/'))
    expect(missing).toMatchObject({ name: 'x', namespace: 'namespace/ns-eu.production.local' })
  })

  it('meets no instance', () => {
    expect(
      scene({
        environment: { API: 'http://api.production.local:8080' },
        callee: { instances: [] },
        calleeDesired: 0,
      }).problem,
    ).toBe('api has no registered instance: api.production.local does not resolve.')
  })

  it('meets only unhealthy instances', () => {
    expect(
      scene({
        environment: { API: 'http://api.production.local:8080' },
        callee: { instances: [registered(2, { health: 'UNHEALTHY' })] },
      }).problem,
    ).toContain('Every registered instance of api is unhealthy')
  })

  it('counts an instance of unknown health as healthy, as DNS does', () => {
    expect(
      scene({
        environment: { API: 'http://api.production.local:8080' },
        callee: { instances: [registered(2, { health: 'UNKNOWN' })] },
      }).problem,
    ).toBeNull()
  })

  it('is not accused while instances are unknown', () => {
    expect(
      scene({ environment: { API: 'http://api.production.local:8080' }, callee: { instances: null } })
        .problem,
    ).toBeNull()
  })

  it('says a port on which nobody listens', () => {
    expect(scene({ environment: { API: 'http://api.production.local:9090' } }).problem).toBe(
      'API says port 9090, but api listens on 8080.',
    )
  })

  it('means port 80 by saying none', () => {
    expect(scene({ environment: { API: 'http://api.production.local' } }).problem).toBe(
      'API names no port, which means 80 for http, but api listens on 8080.',
    )
    expect(scene({ environment: { API: 'http://api.production.local' }, calleePort: 80 }).problem).toBeNull()
  })

  it('may say any port when the callee maps none', () => {
    expect(
      scene({ environment: { API: 'http://api.production.local:9090' }, calleePort: null }).problem,
    ).toBeNull()
  })

  it('may say the port that the instances registered', () => {
    expect(
      scene({
        environment: { API: 'http://api.production.local:31000' },
        callee: { instances: [registered(2, { port: 31_000 })] },
      }).problem,
    ).toBeNull()
  })

  it('asks for an address where there are only SRV records', () => {
    const callee = { dnsRecords: [{ type: 'SRV', ttlSeconds: 10 }] }
    expect(scene({ environment: { API: 'http://api.production.local:8080' }, callee }).problem).toBe(
      'api has only SRV records, and a http client asks for an address.',
    )
    expect(scene({ environment: { API: 'api.production.local:8080' }, callee }).problem).toBeNull()
  })

  it('uses a name that only the API knows', () => {
    expect(
      scene({ environment: { API: 'http://api.production.local:8080' }, callee: { dnsRecords: [] } }).problem,
    ).toContain('api has no DNS records: only the DiscoverInstances API finds it')
  })

  it('tells the first problem of several variables', () => {
    const { edges } = scene({
      environment: { A_GOOD: 'http://api.production.local:8080', B_BAD: 'http://api.production.local:1' },
    })
    expect(edges).toHaveLength(1)
    expect(edges[0]?.problem).toBe('B_BAD says port 1, but api listens on 8080.')
  })
})
