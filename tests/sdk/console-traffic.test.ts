import {
  CreateClusterCommand,
  CreateServiceCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { CreateHttpNamespaceCommand } from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTrafficSink } from '@/lib/emulator/cloudwatch/traffic-sink'
import type { TrafficReport } from '@/lib/emulator/service-connect/traffic-report'
import type { Edge, Topology } from '@/lib/topology/model'
import { denied, type FaultyEndpoint, startFaultyEndpoint } from '../support/faulty-endpoint'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { startTestFeed, type TestFeed } from '../support/test-feed'
import { report, trafficOwner } from '../support/traffic'

let cloud: TestCloud
let endpoint: FaultyEndpoint
let console: TestFeed

const seen = (edge: Edge | undefined) => edge?.evidence.find((one) => one.kind === 'observed')
const edgeOf = (map: Topology) => map.edges.find((edge) => edge.source === 'service/default/web')

/** What the proxies of `web` tell of calls to `users`. */
const tell = (more: Partial<TrafficReport>) =>
  makeTrafficSink(cloud.services.metrics, cloud.services.clock.now).onTraffic([report(more)], () =>
    trafficOwner(),
  )

beforeAll(async () => {
  cloud = await startTestCloud()
  endpoint = await startFaultyEndpoint(cloud.url)
  const { ecs, cloudMap } = cloud
  const { OperationId } = await cloudMap.send(new CreateHttpNamespaceCommand({ Name: 'shop' }))
  await cloud.waitForOperation(OperationId)
  await ecs.send(new CreateClusterCommand({ clusterName: 'default' }))
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'app',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '512',
      memory: '1024',
      containerDefinitions: [
        {
          name: 'app',
          image: 'backend-api',
          portMappings: [{ containerPort: 8080, name: 'http', appProtocol: 'http' }],
        },
      ],
    }),
  )
  const make = (serviceName: string, services?: { portName: string; discoveryName: string }[]) =>
    ecs.send(
      new CreateServiceCommand({
        serviceName,
        taskDefinition: 'app',
        desiredCount: 1,
        launchType: 'FARGATE',
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ['subnet-default'], securityGroups: ['sg-default'] },
        },
        serviceConnectConfiguration: {
          enabled: true,
          namespace: 'shop',
          ...(services
            ? {
                services: services.map((one) => ({
                  ...one,
                  clientAliases: [{ port: 80, dnsName: 'user-svc' }],
                })),
              }
            : {}),
        },
      }),
    )
  await make('users', [{ portName: 'http', discoveryName: 'users' }])
  await make('web')
  console = startTestFeed(endpoint.url)
  await console.until((map) => map.services.length === 2)
})

afterAll(async () => {
  console?.stop()
  await endpoint?.stop()
  await cloud?.stop()
})

describe('the map of services that call each other by Service Connect', () => {
  it('tells who is client and who is server, with one card for each', async () => {
    const map = await console.until((one) => one.services.every((node) => node.connect !== null))
    expect(map.services.map((node) => [node.name, node.connect?.mode])).toEqual([
      ['user-svc', 'client and server'],
      ['web', 'client'],
    ])
    expect(map.services[0]?.connect?.endpoints).toMatchObject([{ alias: 'user-svc', port: 80 }])
  })

  it('shows an edge with a rate, the share of failures and times once calls are counted', async () => {
    tell({
      requests: 40,
      statusClasses: { 2: 30, 5: 10 },
      responseTimes: [
        [1, 20],
        [10, 20],
      ],
      responseTimeSumMs: 200,
    })
    const evidence = seen(edgeOf(await console.until((map) => seen(edgeOf(map)) !== undefined)))
    expect(evidence).toMatchObject({ discoveryName: 'users', errorShare: 0.25 })
    if (evidence?.kind !== 'observed') throw new Error('not observed')
    expect(evidence.requestsPerSecond).toBeGreaterThan(0)
    expect(evidence.p50Ms).toBeGreaterThan(0)
    expect(evidence.p95Ms ?? 0).toBeGreaterThan(evidence.p50Ms ?? 0)
    expect(evidence.sinceMs).toBeGreaterThan(Date.now() - 120_000)
  })

  it('keeps the edge of another console that starts later', async () => {
    const later = startTestFeed(cloud.url)
    try {
      expect(seen(edgeOf(await later.until((map) => seen(edgeOf(map)) !== undefined)))).toBeDefined()
    } finally {
      later.stop()
    }
  })

  it.each(['cloudwatch:ListMetrics', 'cloudwatch:GetMetricData'] as const)(
    'stands without %s, and says what is not known',
    async (operation) => {
      endpoint.fault(operation, denied)
      const other = startTestFeed(endpoint.url)
      try {
        const map = await other.until((one) => one.holes.length > 0)
        expect(map.holes).toMatchObject([{ operation, kind: 'denied' }])
        expect(map.holes[0]?.remedy).toContain(`Allow ${operation}`)
        expect(map.services).toHaveLength(2)
        expect(map.edges.flatMap((edge) => edge.evidence).filter((one) => one.kind === 'observed')).toEqual(
          [],
        )
        expect(other.feed.inventory()?.trafficReadAtMs).toBeNull()
      } finally {
        other.stop()
        endpoint.fault(operation, null)
      }
    },
  )

  it('does not wait for CloudWatch: the first picture comes without it', async () => {
    const other = startTestFeed(cloud.url)
    try {
      const map = await other.read()
      expect(map.services).toHaveLength(2)
      expect(other.feed.inventory()?.trafficReadAtMs).toBeNull()
    } finally {
      other.stop()
    }
  })
})

describe('a world without Service Connect', () => {
  it('asks CloudWatch nothing', async () => {
    const empty = await startTestCloud()
    const watched = await startFaultyEndpoint(empty.url)
    const other = startTestFeed(watched.url)
    try {
      await empty.ecs.send(new CreateClusterCommand({ clusterName: 'default' }))
      for (let reading = 0; reading < 3; reading++) await other.read()
      const asked = watched.calls().map((call) => call.operation)
      expect(asked).toContain('ecs:ListServices')
      expect(asked.filter((name) => name.startsWith('cloudwatch:'))).toEqual([])
    } finally {
      other.stop()
      await watched.stop()
      await empty.stop()
    }
  })
})
