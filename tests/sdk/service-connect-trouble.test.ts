import {
  CreateClusterCommand,
  DescribeServiceDeploymentsCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  callerProgram,
  makeConnectScene,
  patiently,
  politeProgram,
  userProgram,
} from '../support/connect-scene'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { treeOf } from '../support/process-tree'

let cloud: TestCloud
let scene: ReturnType<typeof makeConnectScene>

const serving = (name: string, changes: object = {}) => ({
  enabled: true,
  namespace: 'shop',
  services: [
    { portName: 'http', discoveryName: name, clientAliases: [{ port: 80, dnsName: name }], ...changes },
  ],
})
const client = { enabled: true, namespace: 'shop' }

const prepare = async () => {
  scene = makeConnectScene(cloud)
  await cloud.ecs.send(new CreateClusterCommand({}))
  await scene.namespace('shop')
  await scene.define('user', userProgram, { containerPort: 3000, name: 'http', appProtocol: 'http' })
  await scene.define('caller', callerProgram, { containerPort: 8080 })
}
beforeAll(async () => {
  cloud = await startTestCloud({ runtime: 'process' })
  await prepare()
  await scene.create('user', serving('user'), { desiredCount: 2 })
  await scene.create('caller', client)
  await scene.settled('user')
  await scene.calling('caller')
}, 60_000)
afterAll(() => cloud.stop())

const answered = async (url: string) => {
  const caller = await scene.calling('caller')
  await expect.poll(async () => (await scene.call(caller, url)).status, patiently).toBe(200)
}
const planeOf = (): number | undefined =>
  treeOf(process.pid).find(({ args }) => args.some((arg) => /plane\/from-source|data-plane\.mjs/.test(arg)))
    ?.pid

describe('when the data plane is killed with -9', () => {
  it('its tasks are replaced by tasks with new proxies, and calls are answered again', async () => {
    const before = (await scene.tasksOf('user')).map(({ taskArn }) => taskArn)
    const plane = planeOf()
    expect(plane).toBeDefined()
    process.kill(plane ?? 0, 'SIGKILL')
    await expect
      .poll(
        async () => (await scene.tasksOf('user')).some(({ taskArn }) => before.includes(taskArn)),
        patiently,
      )
      .toBe(false)
    await scene.settled('user')
    await answered('http://user/again')
    expect(planeOf()).not.toBe(plane)
  })
})

describe('a deployment that goes wrong', () => {
  it('is rolled back by the circuit breaker, and its names and proxies are those of before', async () => {
    const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } }
    await scene.create('fragile', serving('fragile'), {
      taskDefinition: 'user',
      deploymentConfiguration: breaker,
    })
    await scene.settled('fragile')
    await scene.update('caller', { forceNewDeployment: true })
    await answered('http://fragile/before')
    const { id } = await scene.primary('fragile')
    await scene.define('broken', 'process.exit(1)', {
      containerPort: 3000,
      name: 'http',
      appProtocol: 'http',
    })
    await scene.update('fragile', { taskDefinition: 'broken' })
    await expect
      .poll(async () => {
        const { serviceDeployments = [] } = await cloud.ecs.send(
          new ListServiceDeploymentsCommand({ service: 'fragile' }),
        )
        return serviceDeployments[0]?.status
      }, patiently)
      .toBe('ROLLBACK_SUCCESSFUL')
    expect((await scene.primary('fragile')).id).toBe(id)
    const { events = [] } = await scene.readService('fragile')
    expect(events.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/rolling back to deployment ecs-svc/),
    )
    await answered('http://fragile/after')
    await scene.remove('fragile')
  })

  it('can be stopped: switching on is taken back, and the endpoint goes', async () => {
    await scene.create('hesitant', { enabled: false }, { taskDefinition: 'user' })
    await scene.settled('hesitant')
    const slow = userProgram.replace('listen(3000)', 'listen(4000)')
    await scene.define('never-ready', slow, { containerPort: 3000, name: 'http', appProtocol: 'http' })
    await scene.update('hesitant', {
      taskDefinition: 'never-ready',
      serviceConnectConfiguration: serving('hesitant'),
    })
    const { currentServiceDeployment: arn = '' } = await scene.readService('hesitant')
    await expect
      .poll(async () => {
        const { serviceDeployments = [] } = await cloud.ecs.send(
          new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }),
        )
        return serviceDeployments[0]?.targetServiceRevision?.pendingTaskCount
      }, patiently)
      .toBe(1)
    await cloud.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn }))
    await scene.settled('hesitant')
    const primary = await scene.primary('hesitant')
    expect(primary.serviceConnectConfiguration).toEqual({ enabled: false })
    const { serviceDeployments = [] } = await cloud.ecs.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }),
    )
    expect(serviceDeployments[0]).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      rollback: { serviceRevisionArn: expect.any(String) },
    })
    await scene.remove('hesitant')
  })
})

describe('TLS', () => {
  it('is spoken between the proxies, and the application hears plain HTTP', async () => {
    const tls = {
      issuerCertificateAuthority: {
        awsPcaAuthorityArn: 'arn:aws:acm-pca:us-east-1:000000000000:certificate-authority/1',
      },
    }
    await scene.create('secret', serving('secret', { tls }), { taskDefinition: 'user' })
    await scene.settled('secret')
    await scene.update('caller', { forceNewDeployment: true })
    await answered('http://secret/hidden')
    const [task] = await scene.tasksOf('secret')
    const address = task?.containers?.[0]?.networkInterfaces?.[0]?.privateIpv4Address
    await expect(fetch(`http://${address}:3000/plain`)).rejects.toThrow()
    await scene.remove('secret')
  })
})

describe('beside service discovery', () => {
  it('a server takes Service Connect on under 50 calls a second by its DNS name, and none fails', async () => {
    const { OperationId } = await cloud.cloudMap.send(
      new CreatePrivateDnsNamespaceCommand({ Name: 'old.local', Vpc: 'vpc-default' }),
    )
    const { Targets } = await cloud.waitForOperation(OperationId)
    const { Service } = await cloud.cloudMap.send(
      new CreateDiscoveryServiceCommand({
        Name: 'user',
        NamespaceId: Targets?.NAMESPACE,
        DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] },
        HealthCheckCustomConfig: { FailureThreshold: 1 },
      }),
    )
    await scene.define('polite', politeProgram, { containerPort: 3000, name: 'http', appProtocol: 'http' })
    await scene.create(
      'moving',
      { enabled: false },
      { taskDefinition: 'polite', desiredCount: 2, serviceRegistries: [{ registryArn: Service?.Arn }] },
    )
    await scene.settled('moving')
    const caller = await scene.calling('caller')
    const url = 'http://user.old.local:3000/slow?ms=10'
    await expect.poll(async () => (await scene.call(caller, url)).status, patiently).toBe(200)
    await scene.startLoad(caller, url, { perSecond: 50, fresh: true })
    await scene.update('moving', {
      serviceConnectConfiguration: serving('moving', {
        clientAliases: [{ port: 3000, dnsName: 'user.old.local' }],
      }),
    })
    await scene.settled('moving')
    const during = await scene.callsOf(caller)
    await expect.poll(() => scene.callsOf(caller), patiently).toBeGreaterThan(during + 50)
    const load = await scene.endLoad(caller)
    expect(load.wrong).toEqual({})
    await scene.remove('moving')
  })
})

describe('a reset', () => {
  it('ends every proxy, and the same services can be made again', async () => {
    await cloud.reset()
    await prepare()
    await scene.create('user', serving('user'), { desiredCount: 1 })
    await scene.settled('user')
    await scene.create('caller', client)
    await answered('http://user/fresh')
  })
})
