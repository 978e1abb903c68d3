import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListClustersCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  TagResourceCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
  DiscoverInstancesCommand,
  DiscoverInstancesRevisionCommand,
  GetOperationCommand,
  ListNamespacesCommand,
  RegisterInstanceCommand,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { isFresh } from '@/lib/launch/local-cloud.mjs'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

const root = mkdtempSync(join(tmpdir(), 'switchboard-store-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const clouds: TestCloud[] = []
afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.stop()
})

async function start(stateDir: string): Promise<TestCloud> {
  const cloud = await startTestCloud({ stateDir })
  clouds.push(cloud)
  return cloud
}
async function restart(cloud: TestCloud, stateDir: string): Promise<TestCloud> {
  clouds.splice(clouds.indexOf(cloud), 1)
  await cloud.stop()
  return start(stateDir)
}
const freshFolder = () => mkdtempSync(join(root, 'state-'))
const healthOf = async (cloud: TestCloud) => (await fetch(`${cloud.url}/_local/health`)).json()

const definition: RegisterTaskDefinitionCommandInput = {
  family: 'backend',
  networkMode: 'awsvpc',
  containerDefinitions: [{ name: 'app', image: 'backend-api', portMappings: [{ containerPort: 8080 }] }],
}
const network: Pick<RunTaskCommandInput, 'launchType' | 'networkConfiguration'> = {
  launchType: 'FARGATE',
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
}

/** A namespace with the discovery service `web`, and a service of two tasks in it. */
async function fill({ ecs, cloudMap, waitForOperation }: TestCloud) {
  await ecs.send(new CreateClusterCommand({}))
  await ecs.send(new RegisterTaskDefinitionCommand({ ...definition }))
  const started = await cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({
      Name: 'kept.local',
      Vpc: 'vpc-default',
      CreatorRequestId: 'once',
    }),
  )
  const operation = await waitForOperation(started.OperationId)
  const { Service } = await cloudMap.send(
    new CreateDiscoveryServiceCommand({
      Name: 'web',
      NamespaceId: operation.Targets?.NAMESPACE,
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
      HealthCheckCustomConfig: {},
    }),
  )
  await ecs.send(
    new CreateServiceCommand({
      serviceName: 'web',
      taskDefinition: 'backend',
      desiredCount: 2,
      serviceRegistries: [{ registryArn: Service?.Arn }],
      tags: [{ key: 'team', value: 'a' }],
      ...network,
    }),
  )
  await expect.poll(() => runningOf(ecs)).toBe(2)
  return { discoveryId: Service?.Id, operationId: started.OperationId }
}

const runningOf = async (ecs: ECSClient) =>
  (await ecs.send(new DescribeServicesCommand({ services: ['web'] }))).services?.[0]?.runningCount
const discovered = async ({ cloudMap }: TestCloud) =>
  (await cloudMap.send(new DiscoverInstancesCommand({ NamespaceName: 'kept.local', ServiceName: 'web' })))
    .Instances ?? []
const revisionOf = async ({ cloudMap }: TestCloud) =>
  (
    await cloudMap.send(
      new DiscoverInstancesRevisionCommand({ NamespaceName: 'kept.local', ServiceName: 'web' }),
    )
  ).InstancesRevision ?? 0

describe('a local cloud that is stopped and started again', () => {
  it('has its services, with tasks that were started anew and found by name', async () => {
    const folder = freshFolder()
    const before = await start(folder)
    await fill(before)
    const old = await before.ecs.send(new ListTasksCommand({ serviceName: 'web' }))
    const told = await before.ecs.send(new DescribeServicesCommand({ services: ['web'], include: ['TAGS'] }))
    const after = await restart(before, folder)
    await expect.poll(() => runningOf(after.ecs)).toBe(2)
    const again = await after.ecs.send(new DescribeServicesCommand({ services: ['web'], include: ['TAGS'] }))
    expect(again.services?.[0]).toMatchObject({
      createdAt: told.services?.[0]?.createdAt,
      desiredCount: 2,
      tags: [{ key: 'team', value: 'a' }],
      serviceRegistries: told.services?.[0]?.serviceRegistries,
    })
    await expect.poll(() => discovered(after)).toHaveLength(2)
    const { taskArns = [] } = await after.ecs.send(new ListTasksCommand({ serviceName: 'web' }))
    for (const arn of old.taskArns ?? []) expect(taskArns).not.toContain(arn)
    const { tasks = [] } = await after.ecs.send(new DescribeTasksCommand({ tasks: old.taskArns }))
    for (const task of tasks)
      expect(task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TerminationNotice' })
  })

  it('has the instances of its users as they were, and counters that never go back', async () => {
    const folder = freshFolder()
    const before = await start(folder)
    const { discoveryId } = await fill(before)
    await expect.poll(() => discovered(before)).toHaveLength(2)
    const { OperationId } = await before.cloudMap.send(
      new RegisterInstanceCommand({
        ServiceId: discoveryId,
        InstanceId: 'mine',
        Attributes: { AWS_INSTANCE_IPV4: '127.0.0.1', own: '1' },
      }),
    )
    await before.waitForOperation(OperationId)
    const revision = await revisionOf(before)
    const after = await restart(before, folder)
    expect(await revisionOf(after)).toBeGreaterThan(revision)
    const mine = (await discovered(after)).find(({ InstanceId }) => InstanceId === 'mine')
    expect(mine).toMatchObject({ HealthStatus: 'HEALTHY', Attributes: { own: '1' } })
  })

  it('knows the requests that it has answered, and never uses a revision twice', async () => {
    const folder = freshFolder()
    const before = await start(folder)
    const { operationId } = await fill(before)
    const run = new RunTaskCommand({ taskDefinition: 'backend', clientToken: 'once', ...network })
    const { tasks } = await before.ecs.send(run)
    await before.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'backend:1' }))
    const after = await restart(before, folder)
    expect((await after.ecs.send(run)).tasks?.[0]?.taskArn).toBe(tasks?.[0]?.taskArn)
    const again = new CreatePrivateDnsNamespaceCommand({
      Name: 'b.local',
      Vpc: 'v',
      CreatorRequestId: 'once',
    })
    await expect(after.cloudMap.send(again)).rejects.toMatchObject({
      name: 'DuplicateRequest',
      DuplicateOperationId: operationId,
    })
    const next = await after.ecs.send(new RegisterTaskDefinitionCommand({ ...definition }))
    expect(next.taskDefinition?.revision).toBe(2)
  })

  it('goes on with an operation that was under way', async () => {
    const folder = freshFolder()
    const before = await startTestCloud({ stateDir: folder, operationDelayMs: 600_000 })
    const { OperationId } = await before.cloudMap.send(
      new CreatePrivateDnsNamespaceCommand({ Name: 'slow.local', Vpc: 'vpc-default' }),
    )
    await before.stop()
    const after = await start(folder)
    expect((await after.waitForOperation(OperationId)).Status).toBe('SUCCESS')
    const { Namespaces } = await after.cloudMap.send(new ListNamespacesCommand({}))
    expect(Namespaces?.map(({ Name }) => Name)).toEqual(['slow.local'])
  })

  it('keeps every account and region apart', async () => {
    const folder = freshFolder()
    const before = await start(folder)
    const places = [
      ['000000000000', 'us-east-1'],
      ['111122223333', 'us-east-1'],
      ['111122223333', 'eu-central-1'],
    ] as const
    for (const [account, region] of places)
      await before
        .clientsOf(account, region)
        .ecs.send(new CreateClusterCommand({ clusterName: `${account}-${region}` }))
    const after = await restart(before, folder)
    for (const [account, region] of places) {
      const { clusterArns } = await after.clientsOf(account, region).ecs.send(new ListClustersCommand({}))
      expect(clusterArns).toEqual([`arn:aws:ecs:${region}:${account}:cluster/${account}-${region}`])
    }
  })

  it('says that it was there before, so that nobody fills it again', async () => {
    const folder = freshFolder()
    const before = await start(folder)
    expect(await healthOf(before)).toMatchObject({ restored: false, state: { folder } })
    expect(await isFresh(before.url)).toBe(true)
    const after = await restart(before, folder)
    expect(await healthOf(after)).toMatchObject({ restored: true })
    expect(await isFresh(after.url)).toBe(false)
  })

  it('is as empty as its reset has left it, with what was made since', async () => {
    const folder = freshFolder()
    const before = await start(folder)
    await fill(before)
    expect((await fetch(`${before.url}/_local/reset`, { method: 'POST' })).status).toBe(200)
    await before.ecs.send(new CreateClusterCommand({ clusterName: 'after' }))
    const after = await restart(before, folder)
    const { clusterArns } = await after.ecs.send(new ListClustersCommand({}))
    expect(clusterArns?.map((arn) => arn.split('/')[1])).toEqual(['after'])
    expect((await after.cloudMap.send(new ListNamespacesCommand({}))).Namespaces).toEqual([])
    expect((await after.ecs.send(new ListTasksCommand({ cluster: 'after' }))).taskArns).toEqual([])
    expect(await isFresh(after.url)).toBe(false)
  })

  it('gives back any name and tag as it was', async () => {
    const folder = freshFolder()
    const before = await start(folder)
    const { cluster } = await before.ecs.send(new CreateClusterCommand({ clusterName: '__proto__' }))
    const value = 'ünï  \u2028 +-=._:/@'
    await before.ecs.send(
      new TagResourceCommand({ resourceArn: cluster?.clusterArn, tags: [{ key: '__proto__', value }] }),
    )
    const after = await restart(before, folder)
    const told = await after.ecs.send(
      new DescribeClustersCommand({ clusters: ['__proto__'], include: ['TAGS'] }),
    )
    expect(told.clusters?.[0]?.tags).toEqual([{ key: '__proto__', value }])
  })
})

describe('a local cloud without a folder', () => {
  it('keeps nothing, and says so', async () => {
    const cloud = await startTestCloud()
    clouds.push(cloud)
    expect(await healthOf(cloud)).toMatchObject({ restored: false, state: null })
    const { OperationId } = await cloud.cloudMap.send(
      new CreatePrivateDnsNamespaceCommand({ Name: 'a.local', Vpc: 'v' }),
    )
    expect((await cloud.cloudMap.send(new GetOperationCommand({ OperationId }))).Operation?.Id).toBe(
      OperationId,
    )
  })
})
