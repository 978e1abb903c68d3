import {
  CreateClusterCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { TagResourceCommand } from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { choicesFrom } from '@/lib/changes/choices'
import type { World } from '@/lib/changes/world'
import { startFeed } from '@/lib/feed/feed'
import { ensureExampleStack } from '@/lib/launch/example-stack.mjs'
import { readTaskDefinitionInput } from '@/lib/world/read-task-definition-input'
import { makeWorldReader } from '@/lib/world/read-world'
import { denied, type FaultyEndpoint, startFaultyEndpoint } from '../support/faulty-endpoint'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { targetAt } from '../support/plan-scene'
import { isExampleSteady, startTestFeed } from '../support/test-feed'
import { worldFor } from '../support/world-of'

let cloud: TestCloud
let endpoint: FaultyEndpoint

beforeAll(async () => {
  cloud = await startTestCloud()
  await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
  await cloud.ecs.send(
    new CreateClusterCommand({ clusterName: 'tagged', tags: [{ key: 'team', value: 'shop' }] }),
  )
  const whole = startTestFeed(cloud.url)
  await whole.until(isExampleSteady)
  whole.stop()
  endpoint = await startFaultyEndpoint(cloud.url)
})
afterAll(async () => {
  await endpoint?.stop()
  await cloud?.stop()
})

const read = (url: string, kind = 'scale', input: unknown = {}) => worldFor(targetAt(url), kind, input)
const serviceNamed = (world: World, name: string) => {
  const found = world.inventory.services.find((one) => one.name === name)
  if (!found) throw new Error(`No ${name}.`)
  return found
}

describe('the world of the running local cloud', () => {
  it('is the map, the network and the task definitions', async () => {
    const world = await read(cloud.url)
    expect(world.holes).toEqual([])
    expect(world.topology.services).toHaveLength(2)
    const vpc = world.network.vpcs.find(({ isDefault }) => isDefault)
    expect(vpc?.cidr).toBe('127.0.0.0/8')
    expect(world.network.subnets.filter(({ vpcId }) => vpcId === vpc?.id)).toHaveLength(3)
    expect(world.network.securityGroups).toContainEqual(
      expect.objectContaining({ name: 'default', vpcId: vpc?.id }),
    )
    expect(world.families).toEqual([
      { family: 'backend-api', latestRevision: 1 },
      { family: 'frontend-web', latestRevision: 1 },
    ])
    expect(world.revisionArns).toHaveLength(2)
    expect(world.inventory.clusters.find(({ name }) => name === 'tagged')?.tags).toEqual({ team: 'shop' })
  })

  it('offers forms what there is, without values of the environment', async () => {
    const choices = choicesFrom(await read(cloud.url))
    expect(choices.addresses).toMatchObject([
      { variable: 'BACKEND_API_URL', value: 'http://backend-api.production.local:8080' },
      { variable: 'FRONTEND_WEB_URL', value: 'http://frontend-web.production.local:3000' },
    ])
    expect(
      choices.revisions.find(({ family }) => family === 'frontend-web')?.containers[0]?.variables,
    ).toEqual(['BACKEND_URL', 'PORT'])
    expect(JSON.stringify(choices.revisions)).not.toContain('http://')
  })

  it('knows the tags of what is to be deleted, and a revision that nobody runs', async () => {
    const world = await read(cloud.url)
    const backend = world.inventory.discoveryServices.find(({ name }) => name === 'backend-api')
    await cloud.cloudMap.send(
      new TagResourceCommand({ ResourceARN: backend?.arn, Tags: [{ Key: 'owner', Value: 'me' }] }),
    )
    const input = { serviceArn: serviceNamed(world, 'backend-api-service').arn }
    expect((await read(cloud.url, 'delete-service', input)).cloudMapTags).toEqual({
      [backend?.arn ?? '']: { owner: 'me' },
    })

    const { taskDefinition } = await cloud.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'idle',
        networkMode: 'awsvpc',
        containerDefinitions: [
          { name: 'idle', image: 'idle', memory: 128, portMappings: [{ containerPort: 99 }] },
        ],
      }),
    )
    const arn = taskDefinition?.taskDefinitionArn ?? ''
    expect((await read(cloud.url)).inventory.taskDefinitions[arn]).toBeUndefined()
    const wanted = await read(cloud.url, 'create-service', { taskDefinition: { kind: 'existing', arn } })
    expect(wanted.inventory.taskDefinitions[arn]).toMatchObject({
      networkMode: 'awsvpc',
      containers: [{ ports: [{ containerPort: 99 }] }],
    })
    expect(wanted.families).toContainEqual({ family: 'idle', latestRevision: 1 })
  })
})

describe('a world that could be read only in part', () => {
  it.each([
    'ec2:DescribeVpcs',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
    'ecs:ListTaskDefinitions',
  ])('says so when %s is denied, and the rest stands', async (operation) => {
    endpoint.fault(operation, denied)
    try {
      const world = await read(endpoint.url)
      expect(world.holes).toMatchObject([{ operation, kind: 'denied' }])
      expect(world.topology.services).toHaveLength(2)
      const choices = choicesFrom(world)
      expect(choices.holes).toHaveLength(1)
      if (operation === 'ecs:ListTaskDefinitions') {
        expect(world.revisionArns).toBeNull()
        expect(world.families).toContainEqual({ family: 'backend-api', latestRevision: 0 })
      }
    } finally {
      endpoint.fault(operation, null)
    }
  })

  it('does not know whose a discovery service is when its tags are denied', async () => {
    const { arn } = serviceNamed(await read(cloud.url), 'backend-api-service')
    endpoint.fault('servicediscovery:ListTagsForResource', denied)
    try {
      const world = await read(endpoint.url, 'delete-service', { serviceArn: arn })
      expect(world.cloudMapTags).toEqual({})
      expect(world.holes).toMatchObject([
        { operation: 'servicediscovery:ListTagsForResource', kind: 'denied' },
      ])
    } finally {
      endpoint.fault('servicediscovery:ListTagsForResource', null)
    }
  })

  it('is empty with a reason when nobody answers', async () => {
    const world = await read('http://127.0.0.1:9')
    expect(world.inventory.clusters).toEqual([])
    expect(world.holes.map(({ kind }) => kind)).toContain('unreachable')
    expect(choicesFrom(world).target.endpointUrl).toBe('http://127.0.0.1:9')
  })
})

describe('how much is read', () => {
  it('is the network once a minute and the revisions once a second, whoever asks', async () => {
    let nowMs = 1_000_000
    const target = targetAt(endpoint.url)
    const feed = startFeed(target)
    const reader = makeWorldReader(target, feed, () => nowMs)
    const count = (operation: string) =>
      endpoint.calls().filter((call) => call.operation === operation).length
    endpoint.forget()
    await Promise.all([reader.read(), reader.read(), reader.read()])
    expect([count('ec2:DescribeVpcs'), count('ecs:ListTaskDefinitions')]).toEqual([1, 1])
    nowMs += 1_001
    await reader.read()
    expect([count('ec2:DescribeVpcs'), count('ecs:ListTaskDefinitions')]).toEqual([1, 2])
    nowMs += 60_000
    await reader.read()
    expect(count('ec2:DescribeVpcs')).toBe(2)
    feed.stop()
    target.clients().stop()
  })

  it('is soon asked again after a failure', async () => {
    let nowMs = 1_000_000
    const target = targetAt(endpoint.url)
    const feed = startFeed(target)
    const reader = makeWorldReader(target, feed, () => nowMs)
    endpoint.fault('ec2:DescribeVpcs', denied)
    expect((await reader.read()).holes).toHaveLength(1)
    endpoint.fault('ec2:DescribeVpcs', null)
    nowMs += 5_001
    expect((await reader.read()).holes).toEqual([])
    feed.stop()
    target.clients().stop()
  })
})

describe('a revision to be edited', () => {
  it('comes with its environment, as the input that registers the same again', async () => {
    const arn = serviceNamed(await read(cloud.url), 'frontend-web-service').taskDefinitionArn
    const revision = await readTaskDefinitionInput(targetAt(cloud.url).clients(), arn)
    if (!revision) throw new Error('Nothing was read.')
    expect(revision.arn).toBe(arn)
    expect(revision.input.containerDefinitions?.[0]?.environment).toContainEqual({
      name: 'BACKEND_URL',
      value: 'http://backend-api.production.local:8080',
    })
    expect(revision.input).not.toHaveProperty('revision')

    const again = await cloud.ecs.send(new RegisterTaskDefinitionCommand(revision.input))
    const first = await cloud.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }))
    expect(again.taskDefinition?.containerDefinitions).toEqual(first.taskDefinition?.containerDefinitions)
  })

  it('throws what AWS says of one that is not there', async () => {
    const arn = 'arn:aws:ecs:us-east-1:000000000000:task-definition/nobody:1'
    await expect(readTaskDefinitionInput(targetAt(cloud.url).clients(), arn)).rejects.toThrow(
      'Unable to describe',
    )
  })
})

it('a scaled service is seen scaled', async () => {
  await cloud.ecs.send(new UpdateServiceCommand({ service: 'backend-api-service', desiredCount: 3 }))
  expect(serviceNamed(await read(cloud.url), 'backend-api-service').desired).toBe(3)
})
