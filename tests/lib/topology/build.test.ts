import { describe, expect, it } from 'vitest'
import type { Inventory } from '@/lib/inventory/model'
import { buildTopology } from '@/lib/topology/build'
import type { ServiceNode } from '@/lib/topology/model'
import {
  cluster,
  clusterArn,
  container,
  definition,
  definitionArn,
  deployment,
  exampleInventory,
  inventory,
  NOW,
  namespace,
  registered,
  registry,
  registryArn,
  service,
  task,
  taskId,
} from '../../support/inventory'

const nodesOf = (facts: Inventory) => buildTopology(facts).services
const only = (facts: Inventory): ServiceNode => {
  const nodes = nodesOf(facts)
  expect(nodes).toHaveLength(1)
  const [node] = nodes
  if (!node) throw new Error('no node')
  return node
}

describe('the map of the example stack', () => {
  const map = buildTopology(exampleInventory())

  it('merges each ECS service with the Cloud Map service it registers into', () => {
    expect(map.services.map((node) => [node.id, node.name, node.namespace, node.cluster])).toEqual([
      [
        'service/default/backend-api-service',
        'backend-api',
        'namespace/ns-production.local',
        'cluster/default',
      ],
      [
        'service/default/frontend-web-service',
        'frontend-web',
        'namespace/ns-production.local',
        'cluster/default',
      ],
    ])
  })

  it('shows every task as one instance with its address and port', () => {
    expect(
      map.services[0]?.instances.map(({ taskId: id, address, port, state }) => [id, address, port, state]),
    ).toEqual([
      [taskId(1), '10.0.0.1', 8080, 'healthy'],
      [taskId(2), '10.0.0.2', 8080, 'healthy'],
    ])
  })

  it('draws the declared call with the variable that names it', () => {
    expect(map.edges).toEqual([
      {
        id: 'service/default/frontend-web-service->service/default/backend-api-service',
        source: 'service/default/frontend-web-service',
        target: 'service/default/backend-api-service',
        evidence: [
          {
            kind: 'declared',
            container: 'frontend',
            variable: 'BACKEND_URL',
            host: 'backend-api.production.local',
            port: 8080,
          },
        ],
        problem: null,
      },
    ])
  })

  it('is steady and gives no reasons', () => {
    expect(map.services.map((node) => [node.state, node.status, node.reasons])).toEqual([
      ['ok', 'steady', []],
      ['ok', 'steady', []],
    ])
  })

  it('tells the DNS name, the records and how many are registered', () => {
    expect(map.services[0]?.discovery).toMatchObject({
      dnsName: 'backend-api.production.local',
      namespaceName: 'production.local',
      dnsRecords: [{ type: 'A', ttlSeconds: 60 }],
      registered: 2,
      healthy: 2,
    })
  })

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(map))).toEqual(map)
  })

  it('never carries an environment value', () => {
    const facts = exampleInventory()
    const secret = { ...facts, taskDefinitions: { ...facts.taskDefinitions } }
    secret.taskDefinitions[definitionArn('frontend-web-service')] = definition('frontend-web-service', [
      container('frontend', {
        PASSWORD: 'correct-horse',
        DATABASE_URL: 'postgres://admin:battery-staple@backend-api.production.local:5432/db?sslkey=s3cr3t',
      }),
    ])
    const text = JSON.stringify(buildTopology(secret))
    expect(text).toContain('backend-api.production.local')
    for (const value of ['correct-horse', 'battery-staple', 's3cr3t', 'admin'])
      expect(text).not.toContain(value)
  })
})

describe('where a card stands', () => {
  it('puts an ECS service without a registry outside every namespace', () => {
    const node = only(inventory({ services: [service('worker')], tasks: [task(1, 'worker')] }))
    expect(node).toMatchObject({
      name: 'worker',
      namespace: null,
      cluster: 'cluster/default',
      discovery: null,
    })
  })

  it('draws a Cloud Map service without an ECS service as a card of its own', () => {
    const node = only(
      inventory({ discoveryServices: [registry('legacy', [registered(9, { attributes: {} })])] }),
    )
    expect(node).toMatchObject({
      id: 'discovery/srv-legacy',
      name: 'legacy',
      namespace: 'namespace/ns-production.local',
      cluster: null,
      ecs: null,
      state: 'ok',
      status: 'registered',
    })
    expect(node.instances).toMatchObject([{ state: 'healthy', address: '10.0.0.9', taskId: null }])
  })

  it('shows a Cloud Map service of an unknown namespace outside', () => {
    const node = only(inventory({ namespaces: [], discoveryServices: [registry('stray')] }))
    expect(node.namespace).toBeNull()
    expect(node.discovery?.dnsName).toBeNull()
  })

  it('gives an API-only service no DNS name', () => {
    const node = only(
      inventory({
        namespaces: [namespace('apps', { type: 'HTTP' })],
        discoveryServices: [registry('api', [], { namespaceId: 'ns-apps', dnsRecords: [] })],
      }),
    )
    expect(node.discovery).toMatchObject({ dnsName: null, namespaceName: 'apps' })
  })

  it('takes the first registry that exists when several are named, and keeps the other as its own card', () => {
    const nodes = nodesOf(
      inventory({
        services: [service('web', { registryArns: ['arn:gone', registryArn('b'), registryArn('a')] })],
        tasks: [task(1, 'web')],
        discoveryServices: [registry('a', [registered(1)]), registry('b', [registered(1)])],
      }),
    )
    expect(nodes.map((node) => [node.id, node.discovery?.name])).toEqual([
      ['discovery/srv-a', 'a'],
      ['service/default/web', 'b'],
    ])
    expect(nodes[0]?.instances[0]).toMatchObject({ state: 'healthy', discoveryHealth: 'HEALTHY' })
  })

  it('links a service that names no registry by the attributes that ECS wrote on every instance', () => {
    const node = only(
      inventory({
        services: [service('web')],
        tasks: [task(1, 'web')],
        discoveryServices: [
          registry('web-api', [
            registered(1, { attributes: { ECS_CLUSTER_NAME: 'default', ECS_SERVICE_NAME: 'web' } }),
          ]),
        ],
      }),
    )
    expect(node).toMatchObject({ id: 'service/default/web', name: 'web-api' })
  })

  it('does not link by attributes when instances name different owners', () => {
    const owned = (number: number, owner: string) =>
      registered(number, { attributes: { ECS_CLUSTER_NAME: 'default', ECS_SERVICE_NAME: owner } })
    const nodes = nodesOf(
      inventory({
        services: [service('a'), service('b')],
        tasks: [task(1, 'a'), task(2, 'b')],
        discoveryServices: [registry('both', [owned(1, 'a'), owned(2, 'b')])],
      }),
    )
    expect(nodes.map((node) => node.id)).toEqual([
      'discovery/srv-both',
      'service/default/a',
      'service/default/b',
    ])
  })

  it('links by the description that Service Connect writes, and hides its bookkeeping entries', () => {
    const web = service('web')
    const node = only(
      inventory({
        services: [web],
        tasks: [task(1, 'web')],
        discoveryServices: [
          registry('web-sc', [], { managedBy: web.arn, dnsRecords: [] }),
          registry('aws-ecs-sc.client.1234.web', [registered(1)]),
        ],
      }),
    )
    expect(node.discovery?.name).toBe('web-sc')
  })

  it('gives services that share a registry their own names and their own tasks', () => {
    const nodes = nodesOf(
      inventory({
        services: [
          service('blue', { registryArns: [registryArn('api')] }),
          service('green', { registryArns: [registryArn('api')] }),
        ],
        tasks: [task(1, 'blue'), task(2, 'green')],
        discoveryServices: [registry('api', [registered(1), registered(2)])],
      }),
    )
    expect(nodes.map((node) => [node.name, node.instances.map((one) => one.taskId)])).toEqual([
      ['blue', [taskId(1)]],
      ['green', [taskId(2)]],
    ])
    expect(nodes.every((node) => node.state === 'ok')).toBe(true)
  })

  it('shows tasks that no service runs under their family', () => {
    const node = only(inventory({ tasks: [task(1, 'x', { group: 'family:migrate', startedBy: null })] }))
    expect(node).toMatchObject({
      id: 'tasks/default/family:migrate',
      name: 'migrate',
      cluster: 'cluster/default',
      ecs: null,
      state: 'ok',
      status: 'running',
    })
  })

  it('keeps showing the last tasks of a service that ECS no longer lists', () => {
    const node = only(
      inventory({ tasks: [task(1, 'old', { desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' })] }),
    )
    expect(node).toMatchObject({ id: 'service/default/old', status: 'draining', state: 'busy' })
    expect(node.instances).toMatchObject([{ state: 'stopping' }])
  })

  it('keeps two services of one name in one cluster apart', () => {
    const nodes = nodesOf(
      inventory({ services: [service('web'), service('web', { arn: 'arn:other:service/default/web' })] }),
    )
    expect(new Set(nodes.map((node) => node.id)).size).toBe(2)
  })
})

describe('orphans', () => {
  const linked = (instances: Parameters<typeof registry>[1], more: Partial<Inventory> = {}) =>
    only({
      ...inventory({
        services: [service('web', { registryArns: [registryArn('web')] })],
        tasks: [task(1, 'web')],
        discoveryServices: [registry('web', instances)],
      }),
      ...more,
    })

  it('marks an address whose task is gone', () => {
    const node = linked([registered(1), registered(7)])
    expect(node.instances.map((one) => [one.id, one.state])).toEqual([
      [`instance/${taskId(1)}`, 'healthy'],
      [`instance/${taskId(7)}`, 'orphaned'],
    ])
    expect(node).toMatchObject({ state: 'warn', status: 'orphans' })
    expect(node.reasons[0]).toContain('1 address in Cloud Map has no task any more')
  })

  it('does not call a registration made by hand an orphan', () => {
    const node = linked([registered(1), registered(7, { id: 'on-premise-1', attributes: {} })])
    expect(node.instances[1]).toMatchObject({ state: 'healthy', taskId: null })
    expect(node.state).toBe('ok')
  })

  it('accuses nobody while tasks could not be read', () => {
    const node = linked([registered(1), registered(7)], {
      clusters: [cluster('default', { tasksRead: false })],
      tasks: [],
    })
    expect(node.instances.some((one) => one.state === 'orphaned')).toBe(false)
  })

  it('does not take a task on its way out for an orphan', () => {
    const node = linked([registered(1), registered(2)], {
      tasks: [task(1, 'web'), task(2, 'web', { desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' })],
    })
    expect(node.instances.map((one) => one.state)).toEqual(['healthy', 'stopping'])
  })

  it('marks a registration of ECS in a registry that no service uses any more', () => {
    const node = only(inventory({ discoveryServices: [registry('left-over', [registered(5)])] }))
    expect(node.instances).toMatchObject([{ id: `instance/srv-left-over/${taskId(5)}`, state: 'orphaned' }])
    expect(node.state).toBe('warn')
  })
})

describe('what is not known is not shown as zero', () => {
  it('keeps a service that could not be described, with its tasks and no counts', () => {
    const node = only(
      inventory({
        undescribedServices: [{ arn: 'arn:web', name: 'web', clusterArn: clusterArn() }],
        tasks: [task(1, 'web')],
      }),
    )
    expect(node).toMatchObject({ id: 'service/default/web', ecs: null, state: 'off', status: 'unknown' })
    expect(node.instances).toHaveLength(1)
  })

  it('finds services by their tasks when services could not be listed', () => {
    const node = only(
      inventory({
        clusters: [cluster('default', { servicesRead: false })],
        tasks: [task(1, 'web'), task(2, 'web')],
      }),
    )
    expect(node).toMatchObject({ id: 'service/default/web', status: 'unknown' })
    expect(node.instances).toHaveLength(2)
  })

  it("tells ECS's own counts when tasks could not be read", () => {
    const node = only(
      inventory({
        clusters: [cluster('default', { tasksRead: false })],
        services: [service('web', { desired: 3, running: 3 })],
      }),
    )
    expect(node).toMatchObject({ state: 'ok', status: 'steady', instances: [] })
    expect(node.ecs).toMatchObject({ desired: 3, running: 3 })
  })

  it('says that instances of a registry are unknown', () => {
    const node = only(inventory({ discoveryServices: [registry('api', null)] }))
    expect(node).toMatchObject({ state: 'off', status: 'unknown' })
    expect(node.discovery).toMatchObject({ registered: null, healthy: null })
  })

  it('does not miss a registration in a registry that could not be read', () => {
    const node = only(
      inventory({
        services: [service('web', { registryArns: [registryArn('web')] })],
        tasks: [task(1, 'web')],
        discoveryServices: [registry('web', null)],
      }),
    )
    expect(node.instances).toMatchObject([{ state: 'healthy', discoveryHealth: null }])
  })

  it('passes the holes on', () => {
    const hole = {
      operation: 'ecs:ListTasks',
      subject: 'cluster default',
      kind: 'denied' as const,
      errorName: 'AccessDeniedException',
      message: 'no',
      remedy: 'Allow it.',
      sinceMs: NOW,
    }
    expect(buildTopology(inventory({ holes: [hole] })).holes).toEqual([hole])
  })
})

describe('instances', () => {
  const web = (tasks: Inventory['tasks']) => only(inventory({ services: [service('web')], tasks }))

  it('puts the newest last, so that the others keep their places', () => {
    const node = web([
      task(9, 'web', { createdAtMs: NOW - 30_000 }),
      task(1, 'web', { createdAtMs: NOW - 10_000 }),
      task(5, 'web', { createdAtMs: NOW - 20_000 }),
    ])
    expect(node.instances.map((one) => one.taskId)).toEqual([taskId(9), taskId(5), taskId(1)])
  })

  it('shows the three newest failures for half a minute', () => {
    const failed = (number: number, secondsAgo: number) =>
      task(number, 'web', {
        lastStatus: 'STOPPED',
        desiredStatus: 'STOPPED',
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        stoppedAtMs: NOW - secondsAgo * 1_000,
      })
    const node = web([
      failed(1, 40),
      failed(2, 25),
      failed(3, 20),
      failed(4, 15),
      failed(5, 10),
      task(6, 'web'),
    ])
    expect(node.instances.filter((one) => one.state === 'failing').map((one) => one.taskId)).toEqual([
      taskId(3),
      taskId(4),
      taskId(5),
    ])
  })

  it('drops tasks that stopped as wished', () => {
    const node = web([
      task(1, 'web', {
        lastStatus: 'STOPPED',
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
        stoppedAtMs: NOW,
      }),
      task(2, 'web'),
    ])
    expect(node.instances.map((one) => one.taskId)).toEqual([taskId(2)])
  })

  it('marks the images that run as stand-ins', () => {
    const facts = inventory({
      services: [service('web')],
      tasks: [task(1, 'web', { standInImages: ['web:1'] })],
      definitions: [definition('web')],
    })
    expect(only(facts).images).toEqual([{ container: 'web', image: 'web:1', standIn: true }])
  })

  it('tells images by the running tasks before the task definition is known', () => {
    expect(web([task(1, 'web')]).images).toEqual([{ container: 'web', image: 'web:1', standIn: false }])
  })
})

describe('rollouts', () => {
  it('shows the newest deployment while it is on its way', () => {
    const node = only(
      inventory({
        services: [
          service('web', {
            desired: 4,
            running: 4,
            deployments: [
              deployment({
                id: 'ecs-svc/2',
                rolloutState: 'IN_PROGRESS',
                desired: 4,
                running: 1,
                rolloutReason: 'r',
              }),
              deployment({ id: 'ecs-svc/1', status: 'ACTIVE', desired: 4, running: 3 }),
            ],
          }),
        ],
      }),
    )
    expect(node.ecs?.rollout).toMatchObject({
      deploymentId: 'ecs-svc/2',
      state: 'IN_PROGRESS',
      running: 1,
      desired: 4,
    })
    expect(node).toMatchObject({ state: 'busy', status: 'rolling out' })
  })
})
