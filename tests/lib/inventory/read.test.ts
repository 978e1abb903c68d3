import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs'
import {
  DiscoverInstancesCommand,
  ListServicesCommand as ListDiscoveryCommand,
  ListNamespacesCommand,
} from '@aws-sdk/client-servicediscovery'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { makeReader } from '@/lib/inventory/read'
import { startClients } from '@/lib/target/clients'
import { targetFromEnv } from '@/lib/target/settings'
import { buildTopology } from '@/lib/topology/build'
import { inventory, NOW, taskId } from '../../support/inventory'

// What the local cloud cannot be made to say: AWS's counters, and tasks that are gone between two calls.

const env = {
  SWITCHBOARD_TARGET: 'aws',
  SWITCHBOARD_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'A',
  AWS_SECRET_ACCESS_KEY: 'B',
}
const settings = targetFromEnv(env)
const clients = startClients(settings, env)
const ecs = mockClient(clients.ecs)
const cloudMap = mockClient(clients.cloudMap)
const arn = (kind: string, name: string) => `arn:aws:ecs:us-east-1:111111111111:${kind}/${name}`
const identity = () => Promise.resolve({ identity: inventory().target, hole: null })

let now = NOW
const time = { now: () => now, sleep: async () => undefined }
const readerOf = () => makeReader({ settings, clients: () => clients, time })
const asked = (mock: typeof ecs, command: Parameters<typeof mock.commandCalls>[0]) =>
  mock.commandCalls(command).map((call) => call.args[0].input)

function clusters(...list: { name: string; services?: number; tasks?: number }[]) {
  ecs.on(ListClustersCommand).resolves({ clusterArns: list.map(({ name }) => arn('cluster', name)) })
  ecs.on(DescribeClustersCommand).resolves({
    clusters: list.map(({ name, services = 0, tasks = 0 }) => ({
      clusterArn: arn('cluster', name),
      clusterName: name,
      status: 'ACTIVE',
      activeServicesCount: services,
      runningTasksCount: tasks,
      pendingTasksCount: 0,
    })),
  })
}

const running = (number: number, more: object = {}) => ({
  taskArn: arn('task', `c/${taskId(number)}`),
  group: 'service:web',
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  startedAt: new Date(NOW - 600_000),
  ...more,
})

function web(more: object = {}) {
  ecs.on(ListServicesCommand).resolves({ serviceArns: [arn('service', 'c/web')] })
  ecs.on(DescribeServicesCommand).resolves({
    services: [
      {
        serviceArn: arn('service', 'c/web'),
        serviceName: 'web',
        status: 'ACTIVE',
        desiredCount: 1,
        runningCount: 1,
        deployments: [],
        ...more,
      },
    ],
  })
}

beforeEach(() => {
  now = NOW
  ecs.reset()
  cloudMap.reset()
  ecs.on(ListTasksCommand).resolves({ taskArns: [] })
  ecs.on(ListServicesCommand).resolves({ serviceArns: [] })
  cloudMap.on(ListNamespacesCommand).resolves({ Namespaces: [] })
})

describe('reading AWS', () => {
  it('lists nothing in clusters that AWS counts as empty', async () => {
    clusters({ name: 'empty' }, { name: 'empty-too' }, { name: 'used', services: 1 })
    const { inventory: facts, calls } = await readerOf().read(identity())
    expect(asked(ecs, ListServicesCommand)).toMatchObject([{ cluster: arn('cluster', 'used') }])
    expect(asked(ecs, ListTasksCommand)).toMatchObject([{ cluster: arn('cluster', 'used') }])
    expect(facts.clusters.map((cluster) => [cluster.name, cluster.servicesRead, cluster.tasksRead])).toEqual([
      ['empty', true, true],
      ['empty-too', true, true],
      ['used', true, true],
    ])
    expect(calls).toBe(5)
  })

  it('drops clusters that were deleted', async () => {
    ecs.on(ListClustersCommand).resolves({ clusterArns: [arn('cluster', 'gone')] })
    ecs.on(DescribeClustersCommand).resolves({
      clusters: [{ clusterArn: arn('cluster', 'gone'), status: 'INACTIVE' }],
    })
    expect((await readerOf().read(identity())).inventory.clusters).toEqual([])
  })

  it('follows the pages of a long list', async () => {
    clusters({ name: 'c', services: 1 })
    ecs
      .on(ListServicesCommand)
      .resolvesOnce({ serviceArns: [arn('service', 'c/a')], nextToken: 'more' })
      .resolvesOnce({ serviceArns: [], nextToken: 'still more' })
      .resolves({ serviceArns: [arn('service', 'c/b')] })
    ecs.on(DescribeServicesCommand).callsFake((input: { services: string[] }) => ({
      services: input.services.map((serviceArn) => ({ serviceArn })),
    }))
    const { inventory: facts } = await readerOf().read(identity())
    expect(facts.services.map((service) => service.name)).toEqual(['a', 'b'])
    expect(asked(ecs, DescribeServicesCommand)).toHaveLength(1)
  })
})

describe('a task that leaves the list', () => {
  it('is still described until it has stopped, in the same batch, and then no more', async () => {
    clusters({ name: 'c', services: 1, tasks: 1 })
    web()
    const reader = readerOf()
    const one = arn('task', `c/${taskId(1)}`)
    const two = arn('task', `c/${taskId(2)}`)
    ecs.on(ListTasksCommand).resolves({ taskArns: [one] })
    ecs.on(DescribeTasksCommand).resolves({ tasks: [running(1)] })
    await reader.read(identity())

    ecs.on(ListTasksCommand).resolves({ taskArns: [two] })
    ecs.on(DescribeTasksCommand).resolves({
      tasks: [running(1, { lastStatus: 'DEACTIVATING', desiredStatus: 'STOPPED' }), running(2)],
    })
    const leaving = await reader.read(identity())
    expect(asked(ecs, DescribeTasksCommand).at(-1)).toMatchObject({ tasks: [two, one] })
    expect(leaving.inventory.tasks.map((task) => task.lastStatus)).toEqual(['DEACTIVATING', 'RUNNING'])

    const stopped = {
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stoppedAt: new Date(NOW),
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    }
    ecs.on(DescribeTasksCommand).resolves({ tasks: [running(1, stopped), running(2)] })
    await reader.read(identity())
    ecs.on(DescribeTasksCommand).resolves({ tasks: [running(2)] })
    const after = await reader.read(identity())
    expect(asked(ecs, DescribeTasksCommand).at(-1)).toMatchObject({ tasks: [two] })
    // Its reason is told a while longer.
    expect(after.inventory.tasks.find((task) => task.arn === one)).toMatchObject({
      lastStatus: 'STOPPED',
      stoppedReason: 'Essential container in task exited',
    })
    now = NOW + 200_000
    expect((await reader.read(identity())).inventory.tasks.map((task) => task.arn)).toEqual([two])
  })
})

describe('an address that no listed task owns', () => {
  const named = (...ids: string[]) => {
    cloudMap
      .on(ListNamespacesCommand)
      .resolves({ Namespaces: [{ Id: 'ns-1', Name: 'n.local', Type: 'DNS_PRIVATE' }] })
    cloudMap.on(ListDiscoveryCommand).resolves({
      Services: [{ Id: 'srv-1', Name: 'web', DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] } }],
    })
    cloudMap.on(DiscoverInstancesCommand).resolves({
      Instances: ids.map((InstanceId) => ({
        InstanceId,
        HealthStatus: 'HEALTHY',
        Attributes: { ECS_CLUSTER_NAME: 'c', ECS_SERVICE_NAME: 'web' },
      })),
    })
  }

  it('is asked for once: an orphan when ECS does not know it', async () => {
    clusters({ name: 'c', services: 1, tasks: 1 })
    web()
    named(taskId(1), taskId(7))
    ecs.on(ListTasksCommand).resolves({ taskArns: [arn('task', `c/${taskId(1)}`)] })
    ecs
      .on(DescribeTasksCommand)
      .resolves({ tasks: [running(1)], failures: [{ arn: taskId(7), reason: 'MISSING' }] })
    const reader = readerOf()
    const first = await reader.read(identity())
    expect(asked(ecs, DescribeTasksCommand)).toMatchObject([
      { tasks: [arn('task', `c/${taskId(1)}`), taskId(7)] },
    ])
    expect(buildTopology(first.inventory).services[0]?.instances.map((one) => one.state)).toEqual([
      'healthy',
      'orphaned',
    ])
    await reader.read(identity())
    expect(asked(ecs, DescribeTasksCommand).at(-1)).toMatchObject({ tasks: [arn('task', `c/${taskId(1)}`)] })
  })

  it('is no orphan when ECS says that its task is just stopping', async () => {
    clusters({ name: 'c', services: 1, tasks: 1 })
    web()
    named(taskId(7))
    ecs
      .on(DescribeTasksCommand)
      .resolves({ tasks: [running(7, { lastStatus: 'DEACTIVATING', desiredStatus: 'STOPPED' })] })
    const { inventory: facts } = await readerOf().read(identity())
    expect(buildTopology(facts).services[0]?.instances.map((one) => one.state)).toEqual(['stopping'])
  })
})

describe('a service whose tasks fail', () => {
  const failing = {
    runningCount: 0,
    deployments: [
      {
        id: 'ecs-svc/1',
        status: 'PRIMARY',
        desiredCount: 1,
        runningCount: 0,
        failedTasks: 4,
        rolloutState: 'IN_PROGRESS',
      },
    ],
  }

  it('has its stopped tasks looked up, within one call in twenty-five', async () => {
    clusters({ name: 'c', services: 1, tasks: 0 })
    web(failing)
    const reader = readerOf()
    let calls = 0
    for (let reading = 0; reading < 100; reading++) calls += (await reader.read(identity())).calls
    const looks = asked(ecs, ListTasksCommand).filter((input) => 'desiredStatus' in input)
    expect(looks.length).toBeGreaterThan(0)
    // Six calls a reading: clusters, services, tasks and namespaces listed, clusters and services described.
    expect(calls).toBeLessThanOrEqual(100 * 6 * 1.05)
  })

  it('tells the reason of the newest', async () => {
    clusters({ name: 'c', services: 1, tasks: 0 })
    web(failing)
    const stopped = arn('task', `c/${taskId(9)}`)
    ecs.on(ListTasksCommand, { desiredStatus: 'STOPPED' }).resolves({ taskArns: [stopped] })
    ecs.on(DescribeTasksCommand).resolves({
      tasks: [
        running(9, {
          lastStatus: 'STOPPED',
          stoppedAt: new Date(NOW),
          stopCode: 'TaskFailedToStart',
          stoppedReason: 'CannotPullContainerError: no such image',
        }),
      ],
    })
    const reader = readerOf()
    let facts = (await reader.read(identity())).inventory
    while (facts.tasks.length === 0) facts = (await reader.read(identity())).inventory
    const [node] = buildTopology(facts).services
    expect(node).toMatchObject({ state: 'bad', status: 'failing' })
    expect(node?.reasons[0]).toContain('CannotPullContainerError: no such image')
    expect(node?.instances).toMatchObject([{ state: 'failing' }])
  })
})
