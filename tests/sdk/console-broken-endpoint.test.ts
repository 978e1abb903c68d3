import { CreateClusterCommand } from '@aws-sdk/client-ecs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureExampleStack } from '@/lib/launch/example-stack.mjs'
import type { FeedStatus, Topology } from '@/lib/topology/model'
import {
  denied,
  expired,
  type Fault,
  type FaultyEndpoint,
  html,
  startFaultyEndpoint,
  throttled,
  unknownOperation,
} from '../support/faulty-endpoint'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { isExampleSteady, startTestFeed, type TestFeed } from '../support/test-feed'

let cloud: TestCloud
let endpoint: FaultyEndpoint
let console: TestFeed
let whole: Topology
const faulty = new Set<string>()

beforeAll(async () => {
  cloud = await startTestCloud()
  await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
  endpoint = await startFaultyEndpoint(cloud.url)
})

afterEach(() => {
  for (const operation of faulty) endpoint.fault(operation, null)
  faulty.clear()
  console?.stop()
})

afterAll(async () => {
  await endpoint?.stop()
  await cloud?.stop()
})

function breakCalls(fault: Fault, ...operations: string[]) {
  for (const operation of operations) {
    faulty.add(operation)
    endpoint.fault(operation, fault)
  }
}

function mend() {
  for (const operation of faulty) endpoint.fault(operation, null)
}

async function startGood() {
  console = startTestFeed(endpoint.url)
  whole = await console.until(isExampleSteady)
}

/** What a map says apart from its holes and times. */
const facts = ({ services, edges, namespaces, clusters }: Topology) => ({
  services,
  edges,
  namespaces,
  clusters,
})

async function failing(fault: Fault): Promise<FeedStatus> {
  await startGood()
  breakCalls(fault, '*')
  await console.feed.lookAfterChange()
  const map = console.feed.topology()
  if (!map) throw new Error('The last map is gone.')
  expect(facts(map)).toEqual(facts(whole))
  expect(map.readAtMs).toBe(whole.readAtMs)
  return console.feed.status()
}

describe('when the endpoint fails as a whole', () => {
  it.each<[string, Fault, object]>([
    [
      'answers HTML',
      html,
      {
        kind: 'failed',
        errorName: 'NotAwsJson',
        message: expect.stringContaining('does not speak AWS JSON'),
      },
    ],
    [
      'answers a proxy error page',
      { kind: 'raw', status: 502, contentType: 'text/html', body: '<html>Bad gateway</html>' },
      { kind: 'failed', message: expect.stringContaining('does not speak AWS JSON') },
    ],
    [
      'hangs up',
      { kind: 'hang up' },
      { kind: 'unreachable', message: expect.stringContaining('No answer from') },
    ],
    ['has expired credentials', expired, { kind: 'expired', errorName: 'ExpiredTokenException' }],
    ['throttles everything', throttled, { kind: 'throttled', errorName: 'ThrottlingException' }],
  ])('keeps the last map with its age and tells why: it %s', async (_name, fault, expected) => {
    const { failure, readAtMs } = await failing(fault)
    expect(failure).toMatchObject(expected)
    expect(failure?.remedy).not.toBe('')
    expect(readAtMs).toBe(whole.readAtMs)
  })

  it('tells since when it fails, and not anew with every attempt', async () => {
    const { failure } = await failing(html)
    await console.feed.lookAfterChange()
    expect(console.feed.status().failure?.sinceMs).toBe(failure?.sinceMs)
  })

  it('recovers by itself while somebody looks', async () => {
    await failing(expired)
    const reader = console.feed.connect(null).getReader()
    mend()
    while (console.feed.status().failure) {
      const { done } = await reader.read()
      if (done) throw new Error('The stream ended.')
    }
    const map = console.feed.topology()
    expect(map && facts(map)).toEqual(facts(whole))
    expect(map?.readAtMs).toBeGreaterThan(whole.readAtMs)
    await reader.cancel()
  })

  it('has no map, but a reason, when it never answered', async () => {
    breakCalls(html, '*')
    console = startTestFeed(endpoint.url)
    expect(await console.feed.fresh()).toBeNull()
    expect(console.feed.status()).toMatchObject({ readAtMs: null, failure: { errorName: 'NotAwsJson' } })
  })

  it('tells region and endpoint of what was asked for, though nobody ever answered', async () => {
    console = startTestFeed('http://127.0.0.1:9', { SWITCHBOARD_REGION: 'eu-central-1' })
    const asked = { kind: 'local', region: 'eu-central-1', endpointUrl: 'http://127.0.0.1:9' }
    expect(console.feed.status().target).toMatchObject({ ...asked, accountId: null })
    expect(await console.feed.fresh()).toBeNull()
    expect(console.feed.status().target).toMatchObject({ ...asked, accountId: null })
  })

  it('says that nobody listens, and what to start', async () => {
    console = startTestFeed('http://127.0.0.1:9')
    await console.feed.fresh()
    expect(console.feed.status().failure).toMatchObject({
      kind: 'unreachable',
      errorName: 'ECONNREFUSED',
      remedy: expect.stringContaining('npm start'),
    })
  })
})

const passing = [
  'ecs:ListClusters',
  'ecs:DescribeClusters',
  'ecs:ListServices',
  'ecs:DescribeServices',
  'ecs:ListTasks',
  'ecs:DescribeTasks',
  'servicediscovery:ListNamespaces',
  'servicediscovery:ListServices',
  'servicediscovery:DiscoverInstances',
]

describe('when one call fails for a moment', () => {
  it.each(passing)('keeps what %s said before, and tells the hole', async (operation) => {
    await startGood()
    breakCalls(throttled, operation)
    const map = await console.read()
    expect(facts(map)).toEqual(facts(whole))
    expect(map.holes.length).toBeGreaterThan(0)
    for (const hole of map.holes) expect(hole).toMatchObject({ operation, kind: 'throttled' })
    mend()
    expect((await console.read()).holes).toEqual([])
  })

  it('forgets what is denied from now on', async () => {
    await startGood()
    breakCalls(denied, 'servicediscovery:DiscoverInstances')
    const map = await console.read()
    expect(map.services.map((node) => node.discovery?.registered)).toEqual([null, null])
  })
})

describe('when the endpoint lacks operations', () => {
  it('finds instances by ListInstances when there is no DiscoverInstances', async () => {
    await startGood()
    const lacking = startTestFeed(endpoint.url)
    breakCalls(unknownOperation, 'servicediscovery:DiscoverInstances')
    const map = await lacking.read()
    lacking.stop()
    expect(map.holes).toEqual([])
    expect(map.services).toEqual(whole.services)
  })

  it('asks for DiscoverInstances once, not in every reading', async () => {
    breakCalls(unknownOperation, 'servicediscovery:DiscoverInstances')
    console = startTestFeed(endpoint.url)
    await console.read()
    endpoint.forget()
    await console.read()
    const asked = endpoint.calls().filter((call) => call.operation === 'servicediscovery:DiscoverInstances')
    expect(asked).toHaveLength(0)
  })

  it.each<[string, Fault]>([
    ['AWS and ministack', unknownOperation],
    [
      'LocalStack',
      { kind: 'error', code: 'InternalFailure', message: 'API action not yet implemented', status: 501 },
    ],
    ['KECS', { kind: 'raw', status: 404, contentType: 'text/plain', body: '404 page not found' }],
    ['moto', { kind: 'error', code: 'NotImplementedError', message: 'not been implemented', status: 500 }],
  ])('shows ECS alone when there is no Cloud Map, in the form of %s', async (_name, fault) => {
    breakCalls(
      fault,
      'servicediscovery:ListNamespaces',
      'servicediscovery:ListServices',
      'servicediscovery:DiscoverInstances',
    )
    console = startTestFeed(endpoint.url)
    const map = await console.read()
    expect(map.holes).toMatchObject([{ operation: 'servicediscovery:ListNamespaces', kind: 'unsupported' }])
    expect(map.services.map((node) => [node.name, node.ecs?.running])).toEqual([
      ['backend-api-service', 2],
      ['frontend-web-service', 1],
    ])
  })
})

describe('identity', () => {
  it('tells the holes of the target, and pins the account that was seen first', async () => {
    breakCalls(unknownOperation, 'sts:GetCallerIdentity')
    console = startTestFeed(endpoint.url)
    const map = await console.read()
    expect(map.target.accountId).toBeNull()
    expect(map.holes).toMatchObject([{ operation: 'sts:GetCallerIdentity' }])
    expect(console.target.pinnedAccountId).toBeNull()
    console.stop()
    mend()
    await startGood()
    expect(console.target.pinnedAccountId).toBe('000000000000')
  })

  it('reads the region that was asked for and no other', async () => {
    await cloud
      .clientsOf('000000000000', 'eu-central-1')
      .ecs.send(new CreateClusterCommand({ clusterName: 'eu' }))
    console = startTestFeed(endpoint.url, { SWITCHBOARD_REGION: 'eu-central-1', AWS_REGION: 'us-west-2' })
    const map = await console.read()
    expect(map.target.region).toBe('eu-central-1')
    expect(map.clusters.map((group) => group.name)).toContain('eu')
    expect(map.services).toEqual([])
  })
})
