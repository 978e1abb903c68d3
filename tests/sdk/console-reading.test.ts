import { StopTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureExampleStack } from '@/lib/launch/example-stack.mjs'
import type { Topology } from '@/lib/topology/model'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { isExampleSteady, startTestFeed, type TestFeed } from '../support/test-feed'

let cloud: TestCloud
let console: TestFeed

beforeAll(async () => {
  cloud = await startTestCloud()
  await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
  console = startTestFeed(cloud.url)
})

afterAll(async () => {
  console?.stop()
  await cloud?.stop()
})

const card = (map: Topology, name: string) => map.services.find((node) => node.name === name)

describe('the map of the running local cloud', () => {
  it('shows the example stack: both services, steady, with their instances and the declared call', async () => {
    const map = await console.until(isExampleSteady)
    expect(card(map, 'backend-api')).toMatchObject({
      namespace: map.namespaces[0]?.id,
      status: 'steady',
      ecs: { desired: 2, running: 2 },
      discovery: { dnsName: 'backend-api.production.local', registered: 2, healthy: 2 },
    })
    expect(card(map, 'frontend-web')).toMatchObject({ ecs: { desired: 1, running: 1 } })
    expect(map.edges).toMatchObject([
      { source: card(map, 'frontend-web')?.id, target: card(map, 'backend-api')?.id, problem: null },
    ])
    expect(map.holes).toEqual([])
    expect(map.target).toMatchObject({
      kind: 'local',
      accountId: '000000000000',
      region: 'us-east-1',
      localRuntime: 'simulated',
    })
  })

  it('follows a scale by the SDK', async () => {
    await cloud.ecs.send(new UpdateServiceCommand({ service: 'backend-api-service', desiredCount: 3 }))
    const map = await console.until((one) => card(one, 'backend-api')?.discovery?.healthy === 3)
    expect(card(map, 'backend-api')?.instances).toHaveLength(3)
  })

  it('sees a stopped task leave and another come, and never calls it an orphan', async () => {
    const before = await console.until((one) => card(one, 'backend-api')?.state === 'ok')
    const victim = card(before, 'backend-api')?.instances[0]
    await cloud.ecs.send(new StopTaskCommand({ task: victim?.taskArn ?? '', reason: 'test' }))
    const states = new Set<string>()
    const map = await console.until((one) => {
      const node = card(one, 'backend-api')
      for (const instance of node?.instances ?? []) states.add(instance.state)
      return node?.state === 'ok' && !node.instances.some((instance) => instance.id === victim?.id)
    })
    expect(card(map, 'backend-api')?.instances).toHaveLength(3)
    expect(states.has('orphaned')).toBe(false)
  })
})
