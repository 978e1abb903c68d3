import * as sdk from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudMapOperations } from '@/lib/emulator/cloud-map/operations'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
/** Operations that this file has sent and that were answered. */
const answered = new Set<string>()

beforeAll(async () => {
  cloud = await startTestCloud()
  cloud.cloudMap.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args)
      answered.add(String(context.commandName).replace(/Command$/, ''))
      return result
    },
    { step: 'initialize', name: 'countAnswers' },
  )
})
afterAll(() => cloud.stop())

const nameOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.name,
  )

/** Runs an asynchronous operation to its end and gives the id of the namespace that it made or changed. */
async function done(started: Promise<{ OperationId?: string | undefined }>): Promise<string> {
  const operation = await cloud.waitForOperation((await started).OperationId)
  expect(operation).toMatchObject({ Status: 'SUCCESS' })
  return operation.Targets?.NAMESPACE ?? ''
}

describe('the whole life of a namespace, with the real SDK', () => {
  let namespaceId: string
  let namespaceArn: string
  let serviceId: string
  let serviceArn: string
  const send = () => cloud.cloudMap

  it('namespaces of all three types are created', async () => {
    namespaceId = await done(
      send().send(new sdk.CreatePrivateDnsNamespaceCommand({ Name: 'production.local', Vpc: 'vpc-1' })),
    )
    await done(send().send(new sdk.CreatePublicDnsNamespaceCommand({ Name: 'example.com' })))
    await done(send().send(new sdk.CreateHttpNamespaceCommand({ Name: 'internal' })))
    const { Namespaces = [] } = await send().send(new sdk.ListNamespacesCommand({}))
    expect(Namespaces.map(({ Name, Type }) => `${Name} ${Type}`).sort()).toEqual([
      'example.com DNS_PUBLIC',
      'internal HTTP',
      'production.local DNS_PRIVATE',
    ])
  })

  it('a namespace is read, with a date', async () => {
    const { Namespace } = await send().send(new sdk.GetNamespaceCommand({ Id: namespaceId }))
    namespaceArn = Namespace?.Arn ?? ''
    expect(Namespace).toMatchObject({
      Name: 'production.local',
      Properties: { DnsProperties: { SOA: { TTL: 15 } } },
    })
    expect(Namespace?.CreateDate).toBeInstanceOf(Date)
    expect(Math.abs((Namespace?.CreateDate?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  it('namespaces of all three types are updated', async () => {
    const idOf = async (Name: string) => {
      const filter = { Name: 'NAME' as const, Values: [Name] }
      return (await send().send(new sdk.ListNamespacesCommand({ Filters: [filter] }))).Namespaces?.[0]?.Id
    }
    const Namespace = { Description: 'changed' }
    await done(send().send(new sdk.UpdatePrivateDnsNamespaceCommand({ Id: namespaceId, Namespace })))
    await done(
      send().send(new sdk.UpdatePublicDnsNamespaceCommand({ Id: await idOf('example.com'), Namespace })),
    )
    await done(send().send(new sdk.UpdateHttpNamespaceCommand({ Id: await idOf('internal'), Namespace })))
    const { Namespaces = [] } = await send().send(new sdk.ListNamespacesCommand({}))
    expect(Namespaces.map(({ Description }) => Description)).toEqual(['changed', 'changed', 'changed'])
  })

  it('a service is created, read, listed and updated', async () => {
    const { Service } = await send().send(
      new sdk.CreateServiceCommand({
        Name: 'backend-api',
        NamespaceId: namespaceId,
        DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
        HealthCheckCustomConfig: { FailureThreshold: 1 },
      }),
    )
    serviceId = Service?.Id ?? ''
    serviceArn = Service?.Arn ?? ''
    expect(
      await nameOf(
        send().send(new sdk.CreateServiceCommand({ Name: 'backend-api', NamespaceId: namespaceId })),
      ),
    ).toBe('ServiceAlreadyExists')
    const change = { Description: 'changed', DnsConfig: { DnsRecords: [{ Type: 'A' as const, TTL: 10 }] } }
    await done(send().send(new sdk.UpdateServiceCommand({ Id: serviceId, Service: change })))
    expect((await send().send(new sdk.GetServiceCommand({ Id: serviceArn }))).Service).toMatchObject({
      Description: 'changed',
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }], RoutingPolicy: 'MULTIVALUE' },
      HealthCheckCustomConfig: { FailureThreshold: 1 },
    })
    const filter = { Name: 'NAMESPACE_ID' as const, Values: [namespaceId] }
    expect((await send().send(new sdk.ListServicesCommand({ Filters: [filter] }))).Services).toHaveLength(1)
  })

  it('instances are registered, read and listed', async () => {
    for (const InstanceId of ['i-1', 'i-2', 'i-3']) {
      const Attributes = { AWS_INSTANCE_IPV4: '127.10.0.11', own: InstanceId }
      await done(
        send().send(new sdk.RegisterInstanceCommand({ ServiceId: serviceId, InstanceId, Attributes })),
      )
    }
    const { Instance } = await send().send(
      new sdk.GetInstanceCommand({ ServiceId: serviceId, InstanceId: 'i-1' }),
    )
    expect(Instance).toMatchObject({ Id: 'i-1', Attributes: { own: 'i-1' } })
    const ids: string[] = []
    for await (const page of sdk.paginateListInstances(
      { client: send(), pageSize: 2 },
      { ServiceId: serviceId },
    )) {
      ids.push(...(page.Instances ?? []).map(({ Id }) => Id ?? ''))
    }
    expect(ids).toEqual(['i-1', 'i-2', 'i-3'])
  })

  it('instances are discovered, by health too', async () => {
    const names = { NamespaceName: 'production.local', ServiceName: 'backend-api' }
    const { Instances = [], InstancesRevision } = await send().send(new sdk.DiscoverInstancesCommand(names))
    expect(Instances.map(({ InstanceId }) => InstanceId).sort()).toEqual(['i-1', 'i-2', 'i-3'])
    const revision = await send().send(new sdk.DiscoverInstancesRevisionCommand(names))
    expect(revision.InstancesRevision).toBe(InstancesRevision)
    const query = { ...names, QueryParameters: { own: 'i-2' } }
    expect((await send().send(new sdk.DiscoverInstancesCommand(query))).Instances).toHaveLength(1)
  })

  it('custom health changes after its delay, and discovery follows', async () => {
    const told = { ServiceId: serviceId, InstanceId: 'i-1', Status: 'UNHEALTHY' as const }
    await send().send(new sdk.UpdateInstanceCustomHealthStatusCommand(told))
    const status = async () =>
      (await send().send(new sdk.GetInstancesHealthStatusCommand({ ServiceId: serviceId }))).Status?.['i-1']
    await expect.poll(status).toBe('UNHEALTHY')
    const healthy = await send().send(
      new sdk.DiscoverInstancesCommand({
        NamespaceName: 'production.local',
        ServiceName: 'backend-api',
        HealthStatus: 'HEALTHY',
      }),
    )
    expect(healthy.Instances?.map(({ InstanceId }) => InstanceId).sort()).toEqual(['i-2', 'i-3'])
  })

  it('service attributes are set, read and deleted', async () => {
    const ServiceId = serviceId
    await send().send(
      new sdk.UpdateServiceAttributesCommand({ ServiceId, Attributes: { port: '80', zone: 'a' } }),
    )
    await send().send(new sdk.DeleteServiceAttributesCommand({ ServiceId, Attributes: ['zone'] }))
    const { ServiceAttributes } = await send().send(new sdk.GetServiceAttributesCommand({ ServiceId }))
    expect(ServiceAttributes).toMatchObject({ ServiceArn: serviceArn, Attributes: { port: '80' } })
  })

  it('tags are set, read and removed', async () => {
    const ResourceARN = namespaceArn
    await send().send(
      new sdk.TagResourceCommand({
        ResourceARN,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '' },
        ],
      }),
    )
    await send().send(new sdk.UntagResourceCommand({ ResourceARN, TagKeys: ['a'] }))
    expect((await send().send(new sdk.ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([
      { Key: 'b', Value: '' },
    ])
  })

  it('operations can be listed and asked for one by one', async () => {
    const filter = { Name: 'TYPE' as const, Values: ['REGISTER_INSTANCE'], Condition: 'EQ' as const }
    const { Operations = [] } = await send().send(new sdk.ListOperationsCommand({ Filters: [filter] }))
    expect(Operations).toHaveLength(3)
    const { Operation } = await send().send(new sdk.GetOperationCommand({ OperationId: Operations[0]?.Id }))
    expect(Operation).toMatchObject({
      Type: 'REGISTER_INSTANCE',
      Status: 'SUCCESS',
      Targets: { SERVICE: serviceId },
    })
    expect(Operation?.UpdateDate).toBeInstanceOf(Date)
  })

  it('things are deleted in order, and only in order', async () => {
    expect(await nameOf(send().send(new sdk.DeleteNamespaceCommand({ Id: namespaceId })))).toBe(
      'ResourceInUse',
    )
    expect(await nameOf(send().send(new sdk.DeleteServiceCommand({ Id: serviceId })))).toBe('ResourceInUse')
    for (const InstanceId of ['i-1', 'i-2', 'i-3']) {
      await done(send().send(new sdk.DeregisterInstanceCommand({ ServiceId: serviceId, InstanceId })))
    }
    await send().send(new sdk.DeleteServiceCommand({ Id: serviceId }))
    await done(send().send(new sdk.DeleteNamespaceCommand({ Id: namespaceId })))
    expect(await nameOf(send().send(new sdk.GetNamespaceCommand({ Id: namespaceId })))).toBe(
      'NamespaceNotFound',
    )
  })

  it('covered every operation that the SDK has', () => {
    const exported = Object.entries(sdk).flatMap(([name, value]: [string, unknown]) =>
      Array.isArray(value) && value[0] === 9 ? [name.slice(0, -1)] : [],
    )
    expect(exported).toHaveLength(30)
    expect(Object.keys(cloudMapOperations).sort()).toEqual(exported.sort())
    expect([...answered].sort()).toEqual(exported)
  })
})

describe('typed errors of the SDK', () => {
  it('carry what the model says they carry', async () => {
    const client = cloud.clientsOf('333333333333', 'us-east-1').cloudMap
    const first = await client.send(new sdk.CreateHttpNamespaceCommand({ Name: 'a', CreatorRequestId: 'r1' }))
    const duplicate = await client
      .send(new sdk.CreateHttpNamespaceCommand({ Name: 'a', CreatorRequestId: 'r2' }))
      .catch((error: unknown) => error)
    expect(duplicate).toBeInstanceOf(sdk.DuplicateRequest)
    expect(duplicate).toMatchObject({ DuplicateOperationId: first.OperationId })
    let status: string | undefined
    let id: string | undefined
    while (status !== 'SUCCESS') {
      const { Operation } = await client.send(new sdk.GetOperationCommand({ OperationId: first.OperationId }))
      status = Operation?.Status
      id = Operation?.Targets?.NAMESPACE
    }
    const exists = await client
      .send(new sdk.CreateHttpNamespaceCommand({ Name: 'a' }))
      .catch((error: unknown) => error)
    expect(exists).toBeInstanceOf(sdk.NamespaceAlreadyExists)
    expect(exists).toMatchObject({ NamespaceId: id, CreatorRequestId: 'r1' })
  })
})
