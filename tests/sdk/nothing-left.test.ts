import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  waitUntilServicesInactive,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
  DeleteServiceCommand as DeleteDiscoveryServiceCommand,
  DeleteNamespaceCommand,
  DeregisterInstanceCommand,
  RegisterInstanceCommand,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { goodService, goodTaskDefinition } from '../support/emulator-context'
import { readInventory } from '../support/inventory-of-cloud'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startTestCloud()
})
afterAll(() => cloud.stop())

const refusal = (sent: Promise<unknown>) =>
  sent.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  )

it('leaves nothing when everything that was made is deleted, in the order that AWS insists on', async () => {
  const { ecs, cloudMap } = cloud
  expect((await readInventory(cloud.url)).empty).toBe(true)

  const made = await cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({
      Name: 'all.local',
      Vpc: 'vpc-default',
      Tags: [{ Key: 'a', Value: 'b' }],
    }),
  )
  const namespaceId = (await cloud.waitForOperation(made.OperationId)).Targets?.NAMESPACE
  const { Service } = await cloudMap.send(
    new CreateDiscoveryServiceCommand({
      Name: 'backend',
      NamespaceId: namespaceId,
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] },
      HealthCheckCustomConfig: {},
    }),
  )
  await ecs.send(new CreateClusterCommand({ clusterName: 'all' }))
  await ecs.send(new RegisterTaskDefinitionCommand(goodTaskDefinition()))
  await ecs.send(
    new CreateServiceCommand(
      goodService({ cluster: 'all', serviceName: 'web', serviceRegistries: [{ registryArn: Service?.Arn }] }),
    ),
  )
  const byHand = { ServiceId: Service?.Id, InstanceId: 'by-hand' }
  const registered = await cloudMap.send(
    new RegisterInstanceCommand({ ...byHand, Attributes: { AWS_INSTANCE_IPV4: '127.0.0.9' } }),
  )
  await cloud.waitForOperation(registered.OperationId)
  await vi.waitFor(
    async () =>
      expect((await readInventory(cloud.url)).regions[0]?.live).toMatchObject({
        clusters: 1,
        services: 1,
        tasks: 2,
        taskDefinitions: 1,
        namespaces: 1,
        discoveryServices: 1,
        instances: 3,
      }),
    { timeout: 20_000, interval: 20 },
  )

  // Nothing goes before what hangs on it.
  expect(await refusal(ecs.send(new DeleteClusterCommand({ cluster: 'all' })))).toBe(
    'ClusterContainsServicesException',
  )
  expect(await refusal(ecs.send(new DeleteServiceCommand({ cluster: 'all', service: 'web' })))).toBe(
    'InvalidParameterException',
  )
  expect(await refusal(cloudMap.send(new DeleteNamespaceCommand({ Id: namespaceId })))).toBe('ResourceInUse')
  expect(await refusal(cloudMap.send(new DeleteDiscoveryServiceCommand({ Id: Service?.Id })))).toBe(
    'ResourceInUse',
  )

  await ecs.send(new DeleteServiceCommand({ cluster: 'all', service: 'web', force: true }))
  await waitUntilServicesInactive(
    { client: ecs, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
    { cluster: 'all', services: ['web'] },
  )
  expect(await refusal(cloudMap.send(new DeleteDiscoveryServiceCommand({ Id: Service?.Id })))).toBe(
    'ResourceInUse',
  )
  const deregistered = await cloudMap.send(new DeregisterInstanceCommand(byHand))
  await cloud.waitForOperation(deregistered.OperationId)
  await cloudMap.send(new DeleteDiscoveryServiceCommand({ Id: Service?.Id }))
  const deleted = await cloudMap.send(new DeleteNamespaceCommand({ Id: namespaceId }))
  expect((await cloud.waitForOperation(deleted.OperationId)).Status).toBe('SUCCESS')
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'backend:1' }))
  await ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: ['backend:1'] }))
  await ecs.send(new DeleteClusterCommand({ cluster: 'all' }))

  const left = await readInventory(cloud.url)
  expect(left).toMatchObject({ empty: true, regions: [{ kept: { inactiveClusters: 1, stoppedTasks: 2 } }] })
  await vi.waitFor(
    async () => expect((await readInventory(cloud.url)).regions[0]?.kept.inactiveTaskDefinitions).toBe(0),
    { timeout: 20_000, interval: 20 },
  )
  expect(
    cloud.services.regions.of({ accountId: '000000000000', region: 'us-east-1' }).cloudMap.tags.size,
  ).toBe(0)
}, 60_000)
