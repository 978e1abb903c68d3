import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
  DuplicateRequest,
  ListNamespacesCommand,
  ListServicesCommand,
  NamespaceAlreadyExists,
  ServiceAlreadyExists,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { goodService, goodTaskDefinition } from '../support/emulator-context'
import { breakCalls, mendCalls } from '../support/faults'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
let ecs: ECSClient
let cloudMap: ServiceDiscoveryClient
beforeAll(async () => {
  cloud = await startTestCloud({ faults: true })
  // As the console has it: three attempts with one token.
  const settings = {
    endpoint: cloud.url,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
  }
  ecs = new ECSClient(settings)
  cloudMap = new ServiceDiscoveryClient({ ...settings, disableHostPrefix: true })
  await ecs.send(new CreateClusterCommand({}))
  await ecs.send(new RegisterTaskDefinitionCommand(goodTaskDefinition()))
})
afterAll(async () => {
  ecs.destroy()
  cloudMap.destroy()
  await cloud.stop()
})
afterEach(() => mendCalls(cloud.url))

const caught = (sent: Promise<unknown>) => sent.then(() => undefined).catch((error: unknown) => error)

describe('a request whose answer was lost', () => {
  it('makes one ECS service, however often it is sent', async () => {
    await breakCalls(cloud.url, { operation: 'ecs:CreateService', kind: 'drop-answer', times: 2 })
    const { service, $metadata } = await ecs.send(
      new CreateServiceCommand(goodService({ serviceName: 'once', clientToken: 'intent-1' })),
    )
    expect($metadata.attempts).toBe(3)
    expect(service?.serviceName).toBe('once')
    const { serviceDeployments } = await ecs.send(new ListServiceDeploymentsCommand({ service: 'once' }))
    expect(serviceDeployments).toHaveLength(1)
  })

  it('makes one discovery service', async () => {
    const made = await cloudMap.send(
      new CreatePrivateDnsNamespaceCommand({ Name: 'lost.local', Vpc: 'vpc-default' }),
    )
    const { Targets } = await cloud.waitForOperation(made.OperationId)
    await breakCalls(cloud.url, { operation: 'servicediscovery:CreateService', kind: 'drop-answer' })
    const input = {
      Name: 'backend',
      NamespaceId: Targets?.NAMESPACE,
      CreatorRequestId: 'intent-2',
      DnsConfig: { DnsRecords: [{ Type: 'A' as const, TTL: 10 }] },
    }
    const { Service, $metadata } = await cloudMap.send(new CreateDiscoveryServiceCommand(input))
    expect($metadata.attempts).toBe(2)
    const { Services = [] } = await cloudMap.send(new ListServicesCommand({}))
    expect(Services.map(({ Id }) => Id)).toEqual([Service?.Id])

    const exists = await caught(
      cloudMap.send(new CreateDiscoveryServiceCommand({ ...input, CreatorRequestId: 'intent-3' })),
    )
    expect(exists).toBeInstanceOf(ServiceAlreadyExists)
    expect(exists).toMatchObject({
      ServiceId: Service?.Id,
      ServiceArn: Service?.Arn,
      CreatorRequestId: 'intent-2',
    })
  })

  it('names the operation that is making the namespace, then the namespace that it has made', async () => {
    const held = await breakCalls(cloud.url, {
      operation: 'servicediscovery:CreatePrivateDnsNamespace',
      kind: 'hold-operation',
    })
    const input = { Name: 'twice.local', Vpc: 'vpc-default', CreatorRequestId: 'intent-4' }
    const first = await cloudMap.send(new CreatePrivateDnsNamespaceCommand(input))
    const running = await caught(cloudMap.send(new CreatePrivateDnsNamespaceCommand(input)))
    expect(running).toBeInstanceOf(DuplicateRequest)
    expect(running).toMatchObject({ DuplicateOperationId: first.OperationId })
    await mendCalls(cloud.url, held)
    const { Targets } = await cloud.waitForOperation(first.OperationId)
    const exists = await caught(cloudMap.send(new CreatePrivateDnsNamespaceCommand(input)))
    expect(exists).toBeInstanceOf(NamespaceAlreadyExists)
    expect(exists).toMatchObject({ NamespaceId: Targets?.NAMESPACE, CreatorRequestId: 'intent-4' })
    const { Namespaces = [] } = await cloudMap.send(new ListNamespacesCommand({}))
    expect(Namespaces.filter(({ Name }) => Name === 'twice.local')).toHaveLength(1)
  })

  it('is told what the token was used for when the content is another', async () => {
    const input = goodService({ serviceName: 'first', clientToken: 'intent-5', desiredCount: 0 })
    await ecs.send(new CreateServiceCommand(input))
    await expect(
      ecs.send(new CreateServiceCommand({ ...input, serviceName: 'second' })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Creation of service was not idempotent.',
    })
  })
})
