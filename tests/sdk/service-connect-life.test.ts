import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescribeLogStreamsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateClusterCommand, ListServicesByNamespaceCommand } from '@aws-sdk/client-ecs'
import {
  DeleteNamespaceCommand,
  DiscoverInstancesCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerProgram, makeConnectScene, patiently, userProgram } from '../support/connect-scene'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

const client = { enabled: true, namespace: 'shop' }
const serving = (name: string, port = 80) => ({
  enabled: true,
  namespace: 'shop',
  services: [{ portName: 'http', discoveryName: name, clientAliases: [{ port, dnsName: name }] }],
})

let cloud: TestCloud
let scene: ReturnType<typeof makeConnectScene>

const prepare = async () => {
  scene = makeConnectScene(cloud)
  await cloud.ecs.send(new CreateClusterCommand({}))
  const namespaceId = await scene.namespace('shop')
  await scene.define('user', userProgram, { containerPort: 3000, name: 'http', appProtocol: 'http' })
  await scene.define('caller', callerProgram, { containerPort: 8080 })
  return namespaceId
}
const discoveryNames = async () => {
  const { Services = [] } = await cloud.cloudMap.send(new ListServicesCommand({}))
  return Services.map(({ Name = '' }) => Name.replace(/[0-9a-f-]{36}/, '<uuid>')).sort()
}

describe('after the local cloud was started again', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'switchboard-connect-'))
  const start = async () => {
    cloud = await startTestCloud({ runtime: 'process', stateDir })
    scene = makeConnectScene(cloud)
  }
  afterAll(async () => {
    await cloud.stop()
    rmSync(stateDir, { recursive: true, force: true })
  })

  it('every deployment resolves what it resolved before, and nothing more', async () => {
    await start()
    await prepare()
    await scene.create('known', serving('known'), { taskDefinition: 'user' })
    await scene.create('caller', client)
    const before = await scene.calling('caller')
    await scene.create('later', serving('later'), { taskDefinition: 'user' })
    await scene.settled('known')
    await scene.settled('later')
    expect(await scene.call(before, 'http://known/')).toMatchObject({ status: 200 })
    const { id } = await scene.primary('caller')
    await cloud.stop()

    await start()
    const after = await scene.calling('caller')
    expect((await scene.primary('caller')).id).toBe(id)
    await expect.poll(async () => (await scene.call(after, 'http://known/')).status, patiently).toBe(200)
    expect(await scene.call(after, 'http://later/')).toEqual({ error: 'ENOTFOUND' })
    const { Instances = [] } = await cloud.cloudMap.send(
      new DiscoverInstancesCommand({ NamespaceName: 'shop', ServiceName: 'known' }),
    )
    expect(Instances).toHaveLength(1)
  })
})

describe('the end of a service', () => {
  let namespaceId = ''
  beforeAll(async () => {
    cloud = await startTestCloud({ runtime: 'process' })
    namespaceId = await prepare()
  })
  afterAll(() => cloud.stop())

  it('takes its endpoint out of Cloud Map some time later, and until then the namespace stays', async () => {
    await scene.create('gone', serving('gone'), { taskDefinition: 'user' })
    await scene.create('caller', client)
    await scene.settled('gone')
    const caller = await scene.calling('caller')
    expect(await discoveryNames()).toEqual(['aws-ecs-sc.client.<uuid>.caller', 'gone'])
    const { Services = [] } = await cloud.cloudMap.send(new ListServicesCommand({}))
    const { Tags } = await cloud.cloudMap.send(
      new ListTagsForResourceCommand({ ResourceARN: Services.find(({ Name }) => Name === 'gone')?.Arn }),
    )
    expect(Tags).toEqual([{ Key: 'AmazonECSManaged', Value: 'true' }])

    await scene.remove('gone')
    await expect.poll(async () => (await scene.call(caller, 'http://gone/')).status, patiently).toBe(503)
    await expect(cloud.cloudMap.send(new DeleteNamespaceCommand({ Id: namespaceId }))).rejects.toMatchObject({
      name: 'ResourceInUse',
    })
    await expect.poll(discoveryNames, patiently).toEqual(['aws-ecs-sc.client.<uuid>.caller'])
    const { serviceArns } = await cloud.ecs.send(new ListServicesByNamespaceCommand({ namespace: 'shop' }))
    expect(serviceArns).toEqual([expect.stringMatching(/caller$/)])
  })

  it('leaves the endpoint to a service of the same name that is made in between', async () => {
    await scene.create('again', serving('again'), { taskDefinition: 'user', desiredCount: 0 })
    const { serviceConnectResources: before } = await scene.primary('again')
    await scene.remove('again')
    await expect.poll(async () => (await scene.readService('again')).status, patiently).toBe('INACTIVE')
    await scene.create('again', serving('again'), { taskDefinition: 'user', desiredCount: 0 })
    const { serviceConnectResources: after } = await scene.primary('again')
    expect(after).toEqual(before)
    await scene.remove('again')
  })

  it('comes too when Service Connect is switched off: names go with the next deployment of each client', async () => {
    await scene.create('switched', serving('switched'), { taskDefinition: 'user' })
    await scene.settled('switched')
    await scene.update('caller', { forceNewDeployment: true })
    const caller = await scene.calling('caller')
    expect(await scene.call(caller, 'http://switched/')).toMatchObject({ status: 200 })
    await scene.update('switched', { serviceConnectConfiguration: { enabled: false } })
    await scene.settled('switched')
    const [task] = await scene.tasksOf('switched')
    expect(task?.containers?.map(({ name }) => name)).toEqual(['user'])
    expect((await scene.primary('switched')).serviceConnectResources).toBeUndefined()
    await expect.poll(discoveryNames, patiently).not.toContain('switched')
    await scene.update('caller', { forceNewDeployment: true })
    const next = await scene.calling('caller')
    expect(await scene.call(next, 'http://switched/')).toEqual({ error: 'ENOTFOUND' })
    await scene.remove('switched')
  })
})

describe('the world of a task', () => {
  beforeAll(async () => {
    cloud = await startTestCloud({ runtime: 'process', lowestPort: 1024 })
    await prepare()
  })
  afterAll(() => cloud.stop())

  it('has ports below 1024 for aliases and applications where this user may not have them', async () => {
    const onEighty = userProgram.replace('3000', '80')
    await scene.define('eighty', onEighty, { containerPort: 80, name: 'http', appProtocol: 'http' })
    await scene.create('eighty', serving('eighty', 443))
    await scene.settled('eighty')
    await scene.create('caller', client)
    const caller = await scene.calling('caller')
    expect(await scene.call(caller, 'http://eighty:443/low')).toMatchObject({
      status: 200,
      body: expect.stringContaining('/low'),
    })
    const { Instances = [] } = await cloud.cloudMap.send(
      new DiscoverInstancesCommand({ NamespaceName: 'shop', ServiceName: 'eighty' }),
    )
    expect(Instances[0]?.Attributes?.AWS_INSTANCE_PORT).toBe('80')
  })

  it('has its own ports past the proxy, so health checks of localhost ask the application', async () => {
    const ownCaller = `${userProgram}
;require('node:http').get('http://localhost:3000/self', (reply) => {
  reply.on('data', (part) => console.log('self ' + part))
})`
    await scene.define('checked', ownCaller, { containerPort: 3000, name: 'http', appProtocol: 'http' })
    await scene.create('checked', serving('checked'))
    await scene.settled('checked')
    const [task] = await scene.tasksOf('checked')
    const id = task?.taskArn?.split('/').at(-1)
    const read = async () => {
      const { events = [] } = await cloud.logs.send(
        new GetLogEventsCommand({
          logGroupName: '/local/default/checked',
          logStreamName: `ecs/checked/${id}`,
          startFromHead: true,
        }),
      )
      return events.map(({ message }) => message).join('\n')
    }
    await expect.poll(read, patiently).toMatch(/self .*\/self/)
  })

  it('has the proxy write into the log that the configuration names', async () => {
    const logConfiguration = {
      logDriver: 'awslogs' as const,
      options: { 'awslogs-group': '/mesh/proxy', 'awslogs-stream-prefix': 'sc' },
    }
    const accessLogConfiguration = { format: 'JSON' as const }
    await scene.create(
      'logged',
      { ...serving('logged'), logConfiguration, accessLogConfiguration },
      { taskDefinition: 'user' },
    )
    await scene.settled('logged')
    await scene.update('caller', { forceNewDeployment: true })
    const caller = await scene.calling('caller')
    await scene.call(caller, 'http://logged/written-down')
    const [task] = await scene.tasksOf('logged')
    const sidecar = task?.containers?.find(({ name }) => name?.startsWith('ecs-service-connect-'))?.name
    const logStreamName = `sc/${sidecar}/${task?.taskArn?.split('/').at(-1)}`
    await expect
      .poll(async () => {
        const { logStreams = [] } = await cloud.logs.send(
          new DescribeLogStreamsCommand({ logGroupName: '/mesh/proxy' }),
        )
        return logStreams.map((stream) => stream.logStreamName)
      }, patiently)
      .toContain(logStreamName)
    await expect
      .poll(async () => {
        const { events = [] } = await cloud.logs.send(
          new GetLogEventsCommand({ logGroupName: '/mesh/proxy', logStreamName, startFromHead: true }),
        )
        return events.some(({ message = '' }) => message.includes('/written-down'))
      }, patiently)
      .toBe(true)
  })

  it('takes what an ingress port of its own leaves: the container port without the proxy', async () => {
    const [entry] = serving('apart').services
    await scene.create(
      'apart',
      { ...serving('apart'), services: [{ portName: 'http', ...entry, ingressPortOverride: 3900 }] },
      { taskDefinition: 'user' },
    )
    await scene.settled('apart')
    await scene.update('caller', { forceNewDeployment: true })
    const caller = await scene.calling('caller')
    expect(await scene.call(caller, 'http://apart/by-proxy')).toMatchObject({ status: 200 })
    const direct = await fetch(`http://${await scene.addressOf('apart')}:3000/direct`)
    expect(await direct.json()).toMatchObject({ path: '/direct' })
  })
})
