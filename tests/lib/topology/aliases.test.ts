import { describe, expect, it } from 'vitest'
import type { EcsService, Inventory } from '@/lib/inventory/model'
import { buildTopology } from '@/lib/topology/build'
import {
  connected,
  connectedService,
  container,
  definition,
  inventory,
  managed,
  NOW,
  namespace,
  registered,
  registry,
  registryArn,
  service,
  task,
} from '../../support/inventory'

const MADE = NOW - 1_000_000
type Scene = {
  readonly web?: EcsService
  readonly users?: EcsService
  readonly more?: Partial<Inventory>
}

/** `web` with one variable, and `users`, which offers `user-svc:80` in production.local. */
function edgesOf(value: string, { web, users, more }: Scene = {}) {
  const map = buildTopology({
    ...inventory({
      services: [
        web ?? connectedService('web'),
        users ?? connectedService('users', connected([{ alias: 'user-svc', discoveryName: 'users' }])),
      ],
      definitions: [definition('web', [container('web', { TARGET: value })]), definition('users')],
      discoveryServices: [managed('users', 'users')],
    }),
    ...more,
  })
  return map.edges
}
const only = (value: string, scene?: Scene) => {
  const edges = edgesOf(value, scene)
  expect(edges).toHaveLength(1)
  return edges[0]
}

describe('an alias of Service Connect in the environment', () => {
  it.each([
    'http://user-svc:80/',
    'http://user-svc',
    'http://USER-SVC/path?x=1',
    'user-svc:80',
    'user-svc',
    ' user-svc ',
    'host=user-svc',
    'http://me:secret@user-svc:80',
    'http://nowhere.example.com,http://user-svc:80',
  ])('%j makes an edge to the service that offers it', (value) => {
    expect(only(value)).toMatchObject({
      source: 'service/default/web',
      target: 'service/default/users',
      problem: null,
      evidence: [
        { kind: 'declared', variable: 'TARGET', host: 'user-svc' },
        { kind: 'alias', alias: 'user-svc', port: 80 },
      ],
    })
  })

  it.each([
    'the user-svc of old',
    'user-svc-2',
    'my-user-svc',
    'user_svc',
    'http://user-svc.elsewhere.example:80',
    'http://web-user-svc',
    '',
  ])('%j makes none', (value) => {
    expect(edgesOf(value)).toEqual([])
  })

  it('is told once, however many variables name it', () => {
    const facts = inventory({
      services: [
        connectedService('web'),
        connectedService('users', connected([{ alias: 'user-svc', discoveryName: 'users' }])),
      ],
      definitions: [definition('web', [container('web', { A: 'http://user-svc', B: 'user-svc:80' })])],
    })
    const kinds = buildTopology(facts).edges[0]?.evidence.map((one) => one.kind)
    expect(kinds).toEqual(['declared', 'alias', 'declared'])
  })

  it('is not drawn from a service to itself', () => {
    const web = connectedService('web', connected([{ alias: 'me', discoveryName: 'web' }]))
    expect(edgesOf('http://me:80', { web })).toEqual([])
  })

  it('resolves as discovery name and namespace when it is called so', () => {
    const users = connectedService('users', connected([{ discoveryName: 'users' }]))
    expect(only('http://users.production.local:80', { users })).toMatchObject({
      problem: null,
      evidence: [{ kind: 'declared' }, { kind: 'alias', alias: 'users.production.local', port: 80 }],
    })
  })

  it('comes before DNS where both know the name', () => {
    const edge = only('http://users.production.local:80', {
      users: connectedService(
        'users',
        connected([{ alias: 'users.production.local', discoveryName: 'users-sc' }]),
        {
          registryArns: [registryArn('users')],
        },
      ),
      more: { discoveryServices: [managed('users-sc', 'users'), registry('users', [])] },
    })
    // By DNS it would be a problem: nothing is registered.
    expect(edge?.problem).toBeNull()
    expect(edge?.evidence.map((one) => one.kind)).toEqual(['declared', 'alias'])
  })
})

describe('a call by an alias that cannot work', () => {
  const stale = {
    web: connectedService('web', connected(), { deployedAtMs: MADE }),
    more: { discoveryServices: [managed('users', 'users', { createdAtMs: MADE + 1_000 })] },
  }

  it.each([
    [
      'the caller was deployed before the name existed',
      'http://user-svc',
      stale,
      'web was deployed before user-svc existed and cannot resolve it: redeploy web.',
    ],
    [
      'the caller has no Service Connect',
      'http://user-svc',
      { web: service('web') },
      'user-svc is an alias of Service Connect, which web does not use: its tasks cannot resolve the name.',
    ],
    [
      'the caller is in another namespace',
      'http://user-svc',
      { web: connectedService('web', connected([], { namespace: namespace('other').arn })) },
      'user-svc is offered in another Service Connect namespace than that of web: its tasks cannot resolve the name.',
    ],
    [
      'the text names the discovery name',
      'http://users.production.local',
      {},
      'users.production.local is a discovery name, which does not resolve: user-svc is called by its alias user-svc:80.',
    ],
    [
      'the port is another',
      'http://user-svc:8080',
      {},
      'TARGET says port 8080, but user-svc is offered at port 80.',
    ],
    [
      'the scheme implies another port',
      'https://user-svc',
      {},
      'TARGET names no port, which means 443 for https, but user-svc is offered at port 80.',
    ],
    [
      'nothing runs behind it',
      'http://user-svc',
      {
        users: connectedService('users', connected([{ alias: 'user-svc', discoveryName: 'users' }]), {
          desired: 0,
          running: 0,
        }),
      },
      "user-svc runs no task: for user-svc the caller's own proxy answers 503.",
    ],
  ])('%s', (_, value, scene: Scene, problem) => {
    expect(only(value, scene)?.problem).toBe(problem)
  })

  it('is not claimed of a lone word that may be no host', () => {
    expect(edgesOf('user-svc', { web: service('web') })).toEqual([])
  })

  it('falls back to DNS, which resolves the name for a client that was not redeployed yet', () => {
    const edge = only('http://users.production.local:8080', {
      web: connectedService('web', connected(), { deployedAtMs: MADE }),
      users: connectedService(
        'users',
        connected([{ alias: 'users.production.local', discoveryName: 'users-sc', port: 8080 }]),
        { registryArns: [registryArn('users')] },
      ),
      more: {
        tasks: [task(1, 'users')],
        discoveryServices: [
          managed('users-sc', 'users', { createdAtMs: MADE + 1_000 }),
          registry('users', [registered(1)]),
        ],
      },
    })
    expect(edge?.problem).toBeNull()
    expect(edge?.evidence.map((one) => one.kind)).toEqual(['declared'])
  })

  it('chooses the endpoint with the port when two services share a name', () => {
    const offers = (port: number) => connected([{ alias: 'user-svc', discoveryName: `users-${port}`, port }])
    const map = buildTopology(
      inventory({
        services: [
          connectedService('web'),
          connectedService('a', offers(80)),
          connectedService('b', offers(81)),
        ],
        definitions: [definition('web', [container('web', { TARGET: 'http://user-svc:81' })])],
      }),
    )
    expect(map.edges.map((edge) => [edge.target, edge.problem])).toEqual([['service/default/b', null]])
  })
})
