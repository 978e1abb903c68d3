import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureExampleStack } from '@/lib/launch/example-stack.mjs'
import type { Topology } from '@/lib/topology/model'
import { denied, type FaultyEndpoint, startFaultyEndpoint } from '../support/faulty-endpoint'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { isExampleSteady, startTestFeed } from '../support/test-feed'

let cloud: TestCloud
let endpoint: FaultyEndpoint

beforeAll(async () => {
  cloud = await startTestCloud()
  await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
  endpoint = await startFaultyEndpoint(cloud.url)
  const whole = startTestFeed(cloud.url)
  await whole.until(isExampleSteady)
  whole.stop()
})

afterAll(async () => {
  await endpoint?.stop()
  await cloud?.stop()
})

const operations = [
  'sts:GetCallerIdentity',
  'ecs:ListClusters',
  'ecs:DescribeClusters',
  'ecs:ListServices',
  'ecs:DescribeServices',
  'ecs:ListTasks',
  'ecs:DescribeTasks',
  'ecs:DescribeTaskDefinition',
  'servicediscovery:ListNamespaces',
  'servicediscovery:ListServices',
  'servicediscovery:DiscoverInstances',
] as const

type OperationName = (typeof operations)[number]

const scenes: (readonly OperationName[])[] = [
  ...operations.map((one) => [one]),
  ...operations.flatMap((one, index) => operations.slice(index + 1).map((other) => [one, other])),
]

async function readDenying(refused: readonly OperationName[]): Promise<Topology> {
  for (const operation of refused) endpoint.fault(operation, denied)
  endpoint.forget()
  const console = startTestFeed(endpoint.url)
  try {
    return await console.read()
  } finally {
    console.stop()
    for (const operation of refused) endpoint.fault(operation, null)
  }
}

/** What the map must still say, by what may not be called. */
function expectHonest(map: Topology, refused: readonly OperationName[]) {
  const may = (...needed: OperationName[]) => !needed.some((operation) => refused.includes(operation))
  const cards = map.services.filter((node) => node.id.startsWith('service/'))

  // Each refused call that was tried is told, with the action to allow; nothing else is.
  const tried = new Set(endpoint.calls().map((call) => call.operation))
  expect([...new Set(map.holes.map((hole) => hole.operation))].sort()).toEqual(
    refused.filter((operation) => tried.has(operation)).toSorted(),
  )
  for (const hole of map.holes) {
    expect(hole).toMatchObject({ kind: 'denied', errorName: 'AccessDeniedException' })
    expect(hole.remedy).toContain(`Allow ${hole.operation}`)
  }

  expect(map.target.accountId).toBe(may('sts:GetCallerIdentity') ? '000000000000' : null)
  expect(map.clusters.map((group) => group.name)).toEqual(may('ecs:ListClusters') ? ['default'] : [])
  expect(map.namespaces).toHaveLength(may('servicediscovery:ListNamespaces') ? 1 : 0)

  const described = may('ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices')
  const withTasks = may('ecs:ListClusters', 'ecs:ListTasks', 'ecs:DescribeTasks')
  const listed = may('ecs:ListClusters', 'ecs:ListServices')
  expect(cards.map((node) => node.id)).toEqual(
    listed || withTasks
      ? ['service/default/backend-api-service', 'service/default/frontend-web-service']
      : [],
  )
  // Counts are right or absent, never zero.
  expect(cards.map((node) => node.ecs?.running ?? null)).toEqual(
    cards.length === 0 ? [] : described ? [2, 1] : [null, null],
  )
  for (const node of cards) {
    expect(node.status).not.toMatch(/scaled to 0|no tasks/)
    expect(node.state).toBe(described ? 'ok' : 'off')
  }
  const dots = cards.flatMap((node) => node.instances.filter((instance) => instance.taskArn !== null))
  expect(dots).toHaveLength(cards.length > 0 && withTasks ? 3 : 0)
  expect(map.services.flatMap((node) => node.instances).map((one) => one.state)).not.toContain('orphaned')

  const withRegistries = may('servicediscovery:ListNamespaces', 'servicediscovery:ListServices')
  const facts = map.services.flatMap((node) => node.discovery ?? [])
  expect(facts.map((one) => [one.name, one.registered]).sort()).toEqual(
    !withRegistries
      ? []
      : may('servicediscovery:DiscoverInstances')
        ? [
            ['backend-api', 2],
            ['frontend-web', 1],
          ]
        : [
            ['backend-api', null],
            ['frontend-web', null],
          ],
  )

  const knowsCall =
    (described || (withTasks && cards.length > 0)) && withRegistries && may('ecs:DescribeTaskDefinition')
  expect(map.edges).toHaveLength(knowsCall ? 1 : 0)
  expect(map.edges.every((edge) => edge.problem === null)).toBe(true)
}

describe('when some calls are not permitted', () => {
  it('knows every call that a reading makes', async () => {
    await readDenying([])
    expect([...new Set(endpoint.calls().map((call) => call.operation))].sort()).toEqual(
      [...operations].sort(),
    )
  })

  it.each(scenes.map((refused) => [refused.join(' and '), refused] as const))(
    'shows the rest of the map without %s',
    async (_name, refused) => {
      expectHonest(await readDenying(refused), refused)
    },
  )
})
