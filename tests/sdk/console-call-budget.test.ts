import {
  CreateClusterCommand,
  CreateServiceCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FaultyEndpoint, startFaultyEndpoint } from '../support/faulty-endpoint'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { startTestFeed, type TestFeed } from '../support/test-feed'

// Two namespaces with 30 and 5 discovery services; a cluster with 30 services and 150 tasks, one with 5 services and 10 tasks.
const sizes = [
  { cluster: 'large', namespace: 'large.local', services: 30, tasksEach: 5 },
  { cluster: 'small', namespace: 'small.local', services: 5, tasksEach: 2 },
]

let cloud: TestCloud
let endpoint: FaultyEndpoint
let console: TestFeed

async function makeServices(size: (typeof sizes)[number]) {
  const { ecs, cloudMap } = cloud
  await ecs.send(new CreateClusterCommand({ clusterName: size.cluster }))
  const made = await cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({ Name: size.namespace, Vpc: 'vpc-1' }),
  )
  const operation = await cloud.waitForOperation(made.OperationId)
  for (let index = 0; index < size.services; index++) {
    const discovery = await cloudMap.send(
      new CreateDiscoveryServiceCommand({
        Name: `service-${index}`,
        NamespaceId: operation.Targets?.NAMESPACE,
        DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] },
        HealthCheckCustomConfig: {},
      }),
    )
    await ecs.send(
      new CreateServiceCommand({
        cluster: size.cluster,
        serviceName: `service-${index}`,
        taskDefinition: `family-${index % 3}`,
        desiredCount: size.tasksEach,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
        serviceRegistries: [{ registryArn: discovery.Service?.Arn }],
      }),
    )
  }
}

beforeAll(async () => {
  cloud = await startTestCloud()
  for (const number of [0, 1, 2])
    await cloud.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: `family-${number}`,
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [{ name: 'app', image: 'app:1', portMappings: [{ containerPort: 8080 }] }],
      }),
    )
  for (const size of sizes) await makeServices(size)
  endpoint = await startFaultyEndpoint(cloud.url)
  console = startTestFeed(endpoint.url)
  await console.until(
    (map) => map.services.length === 35 && map.services.every((node) => node.state === 'ok'),
  )
}, 120_000)

afterAll(async () => {
  console?.stop()
  await endpoint?.stop()
  await cloud?.stop()
})

/** Calls of one full reading: two per 100 clusters, per cluster its pages, per namespace its pages, one per discovery service. */
function formula(
  clusters: readonly { services: number; tasks: number }[],
  namespaces: readonly number[],
): number {
  const pages = (count: number, size: number) => Math.ceil(count / size)
  const ofCluster = ({ services, tasks }: { services: number; tasks: number }) =>
    pages(services, 100) + pages(services, 10) + 2 * pages(tasks, 100)
  const ofNamespace = (services: number) => pages(services, 100) + services
  return (
    2 * pages(clusters.length, 100) +
    clusters.reduce((sum, cluster) => sum + ofCluster(cluster), 0) +
    pages(namespaces.length, 100) +
    namespaces.reduce((sum, services) => sum + ofNamespace(services), 0)
  )
}

async function callsOfOneReading() {
  endpoint.forget()
  await console.read()
  return endpoint.calls()
}

describe('the calls of a reading', () => {
  it('agrees with the formula of the reference on its own examples', () => {
    expect(formula([{ services: 10, tasks: 50 }], [10])).toBe(18)
    const five = Array.from({ length: 5 }, () => ({ services: 40, tasks: 200 }))
    expect(formula(five, [40, 40, 40, 40, 40])).toBe(253)
  })

  it('stay within 1.05 times the formula', async () => {
    const tasks = sizes.map(({ services, tasksEach }) => ({ services, tasks: services * tasksEach }))
    // The default cluster exists too, empty: one ListServices and one ListTasks.
    const clusters = console.feed.topology()?.clusters.length ?? 0
    const allowed = formula(tasks, [30, 5]) + (clusters - sizes.length) * 2
    expect((await callsOfOneReading()).length).toBeLessThanOrEqual(allowed * 1.05)
  })

  it('ask for whole pages and full batches', async () => {
    const calls = await callsOfOneReading()
    const inputs = (operation: string) =>
      calls.filter((call) => call.operation === operation).map((call) => call.input)
    for (const operation of ['ecs:ListClusters', 'ecs:ListServices', 'ecs:ListTasks'])
      for (const input of inputs(operation)) expect(input).toMatchObject({ maxResults: 100 })
    for (const input of inputs('servicediscovery:ListServices'))
      expect(input).toMatchObject({ MaxResults: 100 })
    for (const input of inputs('servicediscovery:DiscoverInstances'))
      expect(input).toMatchObject({ MaxResults: 1_000, HealthStatus: 'ALL' })
    const sizesOf = (operation: string, member: string) =>
      inputs(operation).map((input) => (Array.isArray(input[member]) ? input[member].length : 0))
    expect(sizesOf('ecs:DescribeServices', 'services').sort((a, b) => a - b)).toEqual([5, 10, 10, 10])
    expect(sizesOf('ecs:DescribeTasks', 'tasks').sort((a, b) => a - b)).toEqual([10, 50, 100])
  })

  it('never list tasks by service, nor services by namespace', async () => {
    const calls = await callsOfOneReading()
    for (const call of calls.filter(({ operation }) => operation === 'ecs:ListTasks'))
      expect(call.input).not.toHaveProperty('serviceName')
    expect(calls.map((call) => call.operation)).not.toContain('ecs:ListServicesByNamespace')
  })

  it('ask for a task definition once for ever', async () => {
    const fresh = startTestFeed(endpoint.url)
    endpoint.forget()
    await fresh.read()
    await fresh.read()
    fresh.stop()
    const asked = endpoint
      .calls()
      .filter((call) => call.operation === 'ecs:DescribeTaskDefinition')
      .map((call) => call.input.taskDefinition)
    expect(asked).toHaveLength(3)
    expect(new Set(asked).size).toBe(3)
  })

  it('go out signed for the local account, never with real credentials', async () => {
    for (const call of await callsOfOneReading())
      expect(call.headers.authorization).toMatch(/Credential=000000000000\/\d{8}\/us-east-1\//)
  })
})

describe('who looks', () => {
  it('causes one reading for 200 browsers that come at once', async () => {
    const shared = startTestFeed(endpoint.url, { SWITCHBOARD_POLL_MS: '60000' })
    endpoint.forget()
    const streams = Array.from({ length: 200 }, () => shared.feed.connect(null).getReader())
    await Promise.all(
      streams.map(async (stream) => {
        let text = ''
        while (!text.includes('event: snapshot'))
          text += new TextDecoder().decode((await stream.read()).value)
      }),
    )
    const lists = endpoint.calls().filter((call) => call.operation === 'ecs:ListClusters')
    expect(lists).toHaveLength(1)
    await Promise.all(streams.map((stream) => stream.cancel()))
    shared.stop()
  })

  it('shares a reading among all who ask for a fresh map', async () => {
    const shared = startTestFeed(endpoint.url)
    endpoint.forget()
    await Promise.all(Array.from({ length: 50 }, () => shared.feed.fresh()))
    expect(endpoint.calls().filter((call) => call.operation === 'ecs:ListClusters')).toHaveLength(1)
    shared.stop()
  })
})
