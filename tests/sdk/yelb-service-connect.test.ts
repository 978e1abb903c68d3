import {
  CreateClusterCommand,
  CreateServiceCommand,
  RegisterTaskDefinitionCommand,
  type ServiceConnectConfiguration,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { makeConnectScene, patiently } from '../support/connect-scene'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { type YelbService, yelbServices } from '../support/yelb'

let cloud: TestCloud
let scene: ReturnType<typeof makeConnectScene>

/** As in the original's template for Service Connect: a page that is a client only, three servers. */
const served: Readonly<Record<YelbService, boolean>> = {
  'redis-server': true,
  'yelb-db': true,
  'yelb-appserver': true,
  'yelb-ui': false,
}
const speaks = { 'yelb-appserver': 'http', 'yelb-ui': 'http' } as const

async function deploy(name: YelbService): Promise<void> {
  const { image, port } = yelbServices[name]
  const appProtocol = name in speaks ? ('http' as const) : undefined
  await cloud.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: name,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '512',
      memory: '1024',
      containerDefinitions: [
        {
          name,
          image,
          portMappings: [{ name: 'main', containerPort: port, ...(appProtocol && { appProtocol }) }],
        },
      ],
    }),
  )
  const serviceConnectConfiguration: ServiceConnectConfiguration = {
    enabled: true,
    namespace: 'yelb',
    ...(served[name] && {
      services: [{ portName: 'main', discoveryName: name, clientAliases: [{ port, dnsName: name }] }],
    }),
  }
  await cloud.ecs.send(
    new CreateServiceCommand({
      serviceName: name,
      taskDefinition: name,
      desiredCount: name === 'yelb-appserver' ? 2 : 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
      serviceConnectConfiguration,
    }),
  )
  await scene.settled(name)
}

beforeAll(async () => {
  // As for a user who may not have ports below 1024: the page listens on 80.
  cloud = await startTestCloud({ runtime: 'process', lowestPort: 1024 })
  scene = makeConnectScene(cloud)
  await cloud.ecs.send(new CreateClusterCommand({}))
  await scene.namespace('yelb')
  for (const name of ['redis-server', 'yelb-db', 'yelb-appserver', 'yelb-ui'] as const) await deploy(name)
}, 60_000)
afterAll(() => cloud.stop())

it('Yelb works by Service Connect alone: the page, the votes of the database and the views of the cache', async () => {
  const page = await scene.addressOf('yelb-ui')
  const get = async (path: string) => {
    const response = await fetch(`http://${page}:20080${path}`, { headers: { connection: 'close' } })
    return { status: response.status, body: await response.text() }
  }
  await vi.waitFor(async () => expect((await get('/api/getvotes')).status).toBe(200), patiently)
  const before = JSON.parse((await get('/api/getvotes')).body)
  expect(before).toBeInstanceOf(Array)
  expect((await get('/api/ihop')).status).toBe(200)
  expect(JSON.parse((await get('/api/getvotes')).body)).not.toEqual(before)
  const stats = JSON.parse((await get('/api/getstats')).body)
  expect(Number(stats.pageviews)).toBeGreaterThan(0)
})
