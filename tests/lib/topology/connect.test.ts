import { describe, expect, it } from 'vitest'
import type { Inventory, Task, TaskContainer } from '@/lib/inventory/model'
import { buildTopology } from '@/lib/topology/build'
import {
  cluster,
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
  traffic,
} from '../../support/inventory'

const nodeOf = (facts: Inventory, name: string) =>
  buildTopology(facts).services.find((node) => node.ecs?.serviceName === name)
const connectOf = (facts: Inventory, name: string) => nodeOf(facts, name)?.connect

const users = connected([{ alias: 'user-svc', discoveryName: 'users' }])
const MADE = NOW - 1_000_000

/** `web`, a client deployed at a time, and `users`, whose endpoint was made at another. */
const stale = (deployedAtMs: number, madeAtMs: number | null, more: Partial<Inventory> = {}) =>
  inventory({
    services: [
      connectedService('web', connected(), { deployedAtMs }),
      connectedService('users', users, { deployedAtMs: MADE }),
    ],
    discoveryServices: [managed('users', 'users', { createdAtMs: madeAtMs })],
    ...more,
  })

describe('what a card tells of Service Connect', () => {
  it('is nothing when the service has none', () => {
    expect(connectOf(inventory({ services: [service('web')] }), 'web')).toBeNull()
  })

  it('is that it is a client when it offers nothing', () => {
    expect(connectOf(inventory({ services: [connectedService('web')] }), 'web')).toMatchObject({
      mode: 'client',
      namespaceArn: namespace().arn,
      endpoints: [],
      unknownNames: [],
    })
  })

  it('is what others may call when it offers something', () => {
    const facts = inventory({ services: [connectedService('users', users)] })
    expect(connectOf(facts, 'users')).toMatchObject({
      mode: 'client and server',
      endpoints: [
        { portName: 'http', discoveryName: 'users', alias: 'user-svc', port: 80, ingressPort: null },
      ],
    })
  })

  it('is of the PRIMARY deployment: one that is being replaced does not count', () => {
    const web = connectedService('web', null)
    const old = connectedService('web').deployments.map((one) => ({ ...one, status: 'ACTIVE' }))
    const facts = inventory({ services: [{ ...web, deployments: [...web.deployments, ...old] }] })
    expect(connectOf(facts, 'web')).toBeNull()
  })

  it.each([
    ['its own', { alias: 'User-Svc' as string | null }, 'user-svc'],
    ['discovery name and namespace when it says none', { alias: null }, 'users.production.local'],
  ])('names an endpoint by %s', (_, endpoint, alias) => {
    const facts = inventory({
      services: [connectedService('users', connected([{ ...endpoint, discoveryName: 'users' }]))],
    })
    expect(connectOf(facts, 'users')?.endpoints[0]?.alias).toBe(alias)
  })

  it('takes the port of the container when there is no alias at all', () => {
    const [endpoint] = users.services
    if (!endpoint) throw new Error('no endpoint')
    const facts = inventory({
      services: [connectedService('users', { ...users, services: [{ ...endpoint, aliases: [] }] })],
      definitions: [
        definition('users', [
          {
            ...container('users'),
            ports: [
              {
                container: 'users',
                containerPort: 3_000,
                protocol: 'tcp',
                name: 'http',
                appProtocol: 'http',
              },
            ],
          },
        ]),
      ],
    })
    expect(connectOf(facts, 'users')?.endpoints[0]).toMatchObject({
      alias: 'users.production.local',
      port: 3_000,
    })
  })

  it.each([
    ['ARN', namespace().arn],
    ['id', namespace().id],
    ['name', 'production.local'],
  ])('finds its namespace by %s', (_, said) => {
    const facts = inventory({ services: [connectedService('web', connected([], { namespace: said }))] })
    expect(connectOf(facts, 'web')?.namespaceArn).toBe(namespace().arn)
    expect(nodeOf(facts, 'web')?.namespace).toBe('namespace/ns-production.local')
  })

  it('takes the cluster’s default namespace when it says none', () => {
    const facts = inventory({
      clusters: [cluster('default', { serviceConnectNamespace: namespace().arn })],
      services: [connectedService('web', connected([], { namespace: null }))],
    })
    expect(connectOf(facts, 'web')?.namespaceArn).toBe(namespace().arn)
  })

  it('keeps what was said when the namespace could not be read', () => {
    const facts = inventory({
      services: [connectedService('web', connected([], { namespace: 'arn:x/ns-x' }))],
    })
    expect(connectOf(facts, 'web')?.namespaceArn).toBe('arn:x/ns-x')
    expect(nodeOf(facts, 'web')?.namespace).toBeNull()
  })
})

describe('the proxies of a card', () => {
  const proxy = (more: Partial<TaskContainer> = {}): TaskContainer => ({
    name: 'ecs-service-connect-x1',
    image: null,
    lastStatus: 'RUNNING',
    health: 'HEALTHY',
    exitCode: null,
    reason: null,
    ...more,
  })
  const withProxy = (number: number, more: Partial<TaskContainer> = {}, taskMore: Partial<Task> = {}) =>
    task(number, 'web', { containers: [...task(number, 'web').containers, proxy(more)], ...taskMore })

  it.each([
    ['all healthy', [withProxy(1), withProxy(2)], 2, 2],
    ['one not taken as healthy yet', [withProxy(1), withProxy(2, { health: 'UNKNOWN' })], 1, 2],
    ['one unhealthy', [withProxy(1, { health: 'UNHEALTHY' })], 0, 1],
    ['one pending', [withProxy(1, { lastStatus: 'PENDING', health: 'UNKNOWN' })], 0, 1],
    ['one stopped in a task that lives', [withProxy(1), withProxy(2, { lastStatus: 'STOPPED' })], 1, 1],
    ['one of a stopped task', [withProxy(1), withProxy(2, {}, { lastStatus: 'STOPPED' })], 1, 1],
    ['tasks without one', [task(1, 'web')], 0, 0],
  ] as const)('are counted: %s', (_, tasks, healthy, all) => {
    const facts = inventory({ services: [connectedService('web')], tasks })
    expect(connectOf(facts, 'web')).toMatchObject({ proxiesHealthy: healthy, proxies: all })
  })
})

describe('names that a client cannot resolve', () => {
  it.each([
    ['made after its deployment', MADE, MADE + 1, ['user-svc']],
    ['made with its deployment', MADE, MADE, ['user-svc']],
    ['made before its deployment', MADE, MADE - 1, []],
    ['of unknown age', MADE, null, []],
  ])('are those %s', (_, deployedAtMs, madeAtMs, names) => {
    expect(connectOf(stale(deployedAtMs, madeAtMs), 'web')?.unknownNames).toEqual(names)
  })

  it.each([
    [2_400, ['user-svc']],
    [10_000, ['user-svc']],
    [11_600, []],
  ])('at AWS a name made %d ms before a deployment is %j', (beforeMs, names) => {
    const facts = stale(MADE, MADE - beforeMs)
    const atAws = { ...facts, target: { ...facts.target, kind: 'aws' as const } }
    expect(connectOf(atAws, 'web')?.unknownNames).toEqual(names)
  })

  it('are never its own', () => {
    expect(connectOf(stale(MADE, MADE + 1), 'users')?.unknownNames).toEqual([])
  })

  it('are not those of another namespace', () => {
    const elsewhere = connected([{ alias: 'user-svc', discoveryName: 'users' }], {
      namespace: 'arn:x/ns-other',
    })
    const facts = stale(MADE, MADE + 1, {
      services: [
        connectedService('web', connected(), { deployedAtMs: MADE }),
        connectedService('users', elsewhere),
      ],
    })
    expect(connectOf(facts, 'web')?.unknownNames).toEqual([])
  })

  it('are not those that calls were counted to since', () => {
    const seen = traffic({ lastSeenMs: MADE + 60_000 })
    expect(connectOf(stale(MADE, MADE + 1, { traffic: [seen] }), 'web')?.unknownNames).toEqual([])
    const before = traffic({ lastSeenMs: MADE - 60_000 })
    expect(connectOf(stale(MADE, MADE + 1, { traffic: [before] }), 'web')?.unknownNames).toEqual(['user-svc'])
    const other = traffic({ lastSeenMs: MADE + 60_000, serviceName: 'cron' })
    expect(connectOf(stale(MADE, MADE + 1, { traffic: [other] }), 'web')?.unknownNames).toEqual(['user-svc'])
  })

  it('are missed only by those whose environment names them', () => {
    const calling = stale(MADE, MADE + 1, {
      taskDefinitions: Object.fromEntries(
        [definition('web', [container('web', { U: 'http://user-svc' })])].map((one) => [one.arn, one]),
      ),
    })
    expect(connectOf(calling, 'web')).toMatchObject({ unknownNames: ['user-svc'], missedNames: ['user-svc'] })
    expect(connectOf(stale(MADE, MADE + 1), 'web')).toMatchObject({ missedNames: [] })
  })

  it('are known again after a new deployment', () => {
    expect(connectOf(stale(MADE + 2, MADE + 1), 'web')?.unknownNames).toEqual([])
  })
})

describe('Cloud Map services of Service Connect', () => {
  it('have no card of their own, also when their ECS service is gone', () => {
    const map = buildTopology(
      inventory({
        discoveryServices: [managed('users', 'gone'), registry('aws-ecs-sc.client.1.web', [registered(1)])],
      }),
    )
    expect(map.services).toEqual([])
  })

  it('are part of their service’s card, which has the name that callers use', () => {
    const facts = inventory({
      services: [connectedService('user-service', users)],
      discoveryServices: [managed('users', 'user-service')],
    })
    const [node, ...others] = buildTopology(facts).services
    expect(others).toEqual([])
    expect(node).toMatchObject({ name: 'user-svc', discovery: { name: 'users', dnsName: null } })
  })

  it('leave a card its name when its registry goes, and what is left of that says so', () => {
    const dns = 'backend-api.production.local'
    const config = connected([{ discoveryName: 'backend-api-sc', alias: dns }])
    const own = connectedService('backend-service', config, { registryArns: [registryArn('backend-api')] })
    const registries = [managed('backend-api-sc', 'backend-service'), registry('backend-api', [])]
    const cardsOf = (one: typeof own) =>
      buildTopology(inventory({ services: [one], discoveryServices: registries })).services
    expect(cardsOf(own).map(({ name }) => name)).toEqual(['backend-api'])
    const after = cardsOf({ ...own, registryArns: [] })
    expect(after.find(({ ecs }) => ecs !== null)?.name).toBe('backend-api')
    expect(after.find(({ ecs }) => ecs === null)).toMatchObject({
      status: 'left over',
      reasons: [
        'Nothing is registered here any more: DNS does not answer backend-api.production.local, and callers in Service Connect reach backend-service by it.',
      ],
    })
  })

  it('leave the service its own name where they offer several', () => {
    const config = connected([{ portName: 'http' }, { portName: 'grpc', port: 81 }])
    const facts = inventory({ services: [connectedService('users', config)] })
    expect(buildTopology(facts).services.map(({ name }) => name)).toEqual(['users'])
  })

  it('stay in the shade of a registry of the service’s own', () => {
    const facts = inventory({
      services: [connectedService('users', users, { registryArns: [registryArn('dns-users')] })],
      discoveryServices: [managed('users', 'users'), registry('dns-users', [])],
    })
    const nodes = buildTopology(facts).services
    expect(nodes.map((node) => node.name)).toEqual(['dns-users'])
    expect(nodes[0]?.connect?.endpoints).toHaveLength(1)
  })

  it('may be several for one service', () => {
    const facts = inventory({
      services: [
        connectedService('users', connected([{ portName: 'http' }, { portName: 'grpc', port: 81 }])),
      ],
      discoveryServices: [managed('http', 'users'), managed('grpc', 'users')],
    })
    const nodes = buildTopology(facts).services
    expect(nodes).toHaveLength(1)
    expect(nodes[0]?.connect?.endpoints.map((one) => one.alias)).toEqual([
      'http.production.local',
      'grpc.production.local',
    ])
  })

  it('tell of an instance whose task is gone', () => {
    const facts = inventory({
      services: [connectedService('users', users)],
      tasks: [task(1, 'users')],
      discoveryServices: [
        managed('users', 'users', {
          instances: [registered(1, { attributes: {} }), registered(9, { attributes: {} })],
        }),
      ],
    })
    expect(nodeOf(facts, 'users')?.instances.map((one) => one.state)).toEqual(['healthy', 'orphaned'])
  })

  it('do not call a task of the deployment before unregistered', () => {
    const facts = inventory({
      services: [connectedService('users', users, { desired: 2, running: 2 })],
      tasks: [task(1, 'users'), task(2, 'users')],
      discoveryServices: [managed('users', 'users', { instances: [registered(2, { attributes: {} })] })],
    })
    expect(nodeOf(facts, 'users')?.instances.map((one) => one.state)).toEqual(['healthy', 'healthy'])
  })
})
