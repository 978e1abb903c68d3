import { CreateClusterCommand } from '@aws-sdk/client-ecs'
import { DiscoverInstancesCommand, ListServicesCommand } from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOfTask, callerProgram, makeConnectScene, userProgram } from '../support/connect-scene'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
let scene: ReturnType<typeof makeConnectScene>

beforeAll(async () => {
  cloud = await startTestCloud({
    runtime: 'process',
  })
  scene = makeConnectScene(cloud)
  await cloud.ecs.send(new CreateClusterCommand({}))
  await scene.namespace('shop')
  await scene.define('user-service', userProgram, { containerPort: 3000, name: 'http', appProtocol: 'http' })
  await scene.define('payment-service', callerProgram, { containerPort: 8080 })
}, 30_000)
afterAll(() => cloud.stop())

const aliased = {
  enabled: true,
  namespace: 'shop',
  services: [{ portName: 'http', discoveryName: 'user', clientAliases: [{ port: 80, dnsName: 'user-svc' }] }],
}
const client = { enabled: true, namespace: 'shop' }

describe('the example of the notes', () => {
  it('payment-service gets http://user-svc:80/ from user-service on 3000', async () => {
    await scene.create('user-service', aliased, { desiredCount: 2 })
    await scene.create('payment-service', client)
    await scene.settled('user-service')
    const payment = await scene.calling('payment-service')
    const hosts = new Set<string>()
    for (let call = 0; call < 6; call++) {
      const { status, body = '{}' } = await scene.call(payment, 'http://user-svc:80/users/7')
      expect(status).toBe(200)
      const answer = JSON.parse(body)
      expect(answer.path).toBe('/users/7')
      hosts.add(answer.host)
    }
    const servers = (await scene.tasksOf('user-service')).map(addressOfTask)
    expect([...hosts].sort()).toEqual(servers.map((one) => `ip-${one.replaceAll('.', '-')}`).sort())
  })

  it('shows the sidecar in its tasks, and nothing of it on the service', async () => {
    const [task] = await scene.tasksOf('user-service')
    const sidecar = task?.containers?.find(({ name }) => name?.startsWith('ecs-service-connect-'))
    expect(sidecar).toMatchObject({ lastStatus: 'RUNNING', healthStatus: 'HEALTHY' })
    expect(sidecar).not.toHaveProperty('image')
    expect(sidecar).not.toHaveProperty('runtimeId')
    expect(task?.attachments).toContainEqual(
      expect.objectContaining({
        type: 'ServiceConnect',
        status: 'ATTACHED',
        details: [{ name: 'ContainerName', value: sidecar?.name }],
      }),
    )
    expect(task?.healthStatus).toBe('HEALTHY')
    expect(await scene.readService('user-service')).not.toHaveProperty('serviceConnectConfiguration')
    const primary = await scene.primary('user-service')
    expect(primary.serviceConnectConfiguration?.services).toEqual(aliased.services)
    expect(primary.serviceConnectResources).toMatchObject([{ discoveryName: 'user' }])
  })

  it('has what AWS has in Cloud Map', async () => {
    const { Services = [] } = await cloud.cloudMap.send(new ListServicesCommand({}))
    const user = Services.find(({ Name }) => Name === 'user')
    const { serviceArn } = await scene.readService('user-service')
    expect(user).toMatchObject({ Type: 'HTTP', Description: `Managed by ${serviceArn}` })
    expect(Services.map(({ Name }) => Name)).toContainEqual(
      expect.stringMatching(/^aws-ecs-sc\.client\.[0-9a-f-]{36}\.payment-service$/),
    )
    const { Instances = [] } = await cloud.cloudMap.send(
      new DiscoverInstancesCommand({ NamespaceName: 'shop', ServiceName: 'user' }),
    )
    expect(Instances).toHaveLength(2)
    expect(Instances[0]?.Attributes).toEqual({
      AWS_INSTANCE_IPV4: expect.stringMatching(/^127\./),
      AWS_INSTANCE_PORT: '3000',
      AvailabilityZone: expect.stringMatching(/^us-east-1/),
      DeploymentId: expect.stringMatching(/:task-set\/default\/user-service\/ecs-svc\/\d{19}$/),
      IdleTimeoutInSeconds: '0',
      PerRequestTimeoutInSeconds: '0',
    })
  })

  it('refuses a portName that the task definition does not have', async () => {
    const wrong = { ...aliased, services: [{ portName: 'web' }] }
    await expect(scene.create('user-again', wrong, { taskDefinition: 'user-service' })).rejects.toMatchObject(
      {
        name: 'InvalidParameterException',
        message: 'portName(web) does not refer to any named PortMapping in the container definitions',
      },
    )
  })

  it('refuses a discovery name that another service has', async () => {
    await expect(
      scene.create('user-again', aliased, { taskDefinition: 'user-service' }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(/^SC service is already used by .*user-service/),
    })
  })
})
