import {
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  paginateListServices,
  paginateListTasks,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type Service,
  StopTaskCommand,
  type Task,
  UpdateServiceCommand,
  waitUntilServicesInactive,
  waitUntilServicesStable,
  waitUntilTasksRunning,
  waitUntilTasksStopped,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
  DiscoverInstancesCommand,
  ListInstancesCommand,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodService, goodTaskDefinition } from '../support/emulator-context'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
let registryArn: string
const namespace = 'production.local'

beforeAll(async () => {
  cloud = await startTestCloud()
  await cloud.ecs.send(new CreateClusterCommand({}))
  await cloud.ecs.send(new RegisterTaskDefinitionCommand(goodTaskDefinition()))
  const { OperationId } = await cloud.cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({ Name: namespace, Vpc: 'vpc-default' }),
  )
  const { Targets } = await cloud.waitForOperation(OperationId)
  const { Service: discovery } = await cloud.cloudMap.send(
    new CreateDiscoveryServiceCommand({
      Name: 'backend-api',
      NamespaceId: Targets?.NAMESPACE,
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
      HealthCheckCustomConfig: {},
    }),
  )
  registryArn = discovery?.Arn ?? ''
})
afterAll(() => cloud.stop())

/** The waiters of the SDK, asking often: nothing here takes seconds. */
const soon = () => ({ client: cloud.ecs, maxWaitTime: 20, minDelay: 1, maxDelay: 1 })

async function createService(changes: Partial<CreateServiceCommandInput>): Promise<Service> {
  const { service } = await cloud.ecs.send(new CreateServiceCommand(goodService(changes)))
  if (!service) throw new Error('No service was made')
  return service
}

async function describeService(name: string): Promise<Service> {
  const { services } = await cloud.ecs.send(new DescribeServicesCommand({ services: [name] }))
  const [service] = services ?? []
  if (!service) throw new Error(`There is no service ${name}`)
  return service
}

/** Asks until the answer is right; the test's own time limit ends it. */
async function until<T>(ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (right(answer)) return answer
  }
}

const stable = (name: string, desired: number) =>
  until(
    () => describeService(name),
    ({ deployments, runningCount }) => deployments?.length === 1 && runningCount === desired,
  )

async function tasksOf(serviceName: string): Promise<Task[]> {
  const { taskArns = [] } = await cloud.ecs.send(new ListTasksCommand({ serviceName }))
  if (taskArns.length === 0) return []
  const { tasks = [] } = await cloud.ecs.send(new DescribeTasksCommand({ tasks: taskArns }))
  return tasks
}

const addressOf = (task: Task | undefined) =>
  task?.containers?.[0]?.networkInterfaces?.[0]?.privateIpv4Address

const discovered = async () => {
  const { Instances = [] } = await cloud.cloudMap.send(
    new DiscoverInstancesCommand({
      NamespaceName: namespace,
      ServiceName: 'backend-api',
      HealthStatus: 'ALL',
    }),
  )
  return Instances.map(({ Attributes }) => Attributes?.AWS_INSTANCE_IPV4).sort()
}

describe('a service by the SDK', () => {
  it('becomes stable, scales, and is deleted, as the waiters of the SDK see it', async () => {
    await createService({ serviceName: 'waited' })
    const services = ['waited']
    expect((await waitUntilServicesStable(soon(), { services })).state).toBe('SUCCESS')
    await cloud.ecs.send(new UpdateServiceCommand({ service: 'waited', desiredCount: 3 }))
    expect((await waitUntilServicesStable(soon(), { services })).state).toBe('SUCCESS')
    const service = await describeService('waited')
    expect(service).toMatchObject({ runningCount: 3, pendingCount: 0, createdAt: expect.any(Date) })
    expect(service.events?.[0]).toMatchObject({ id: expect.any(String), createdAt: expect.any(Date) })
    await cloud.ecs.send(new DeleteServiceCommand({ service: 'waited', force: true }))
    expect((await waitUntilServicesInactive(soon(), { services })).state).toBe('SUCCESS')
    expect(await tasksOf('waited')).toEqual([])
  })

  it('registers its tasks for discovery and deregisters one that is stopped, and replaces it', async () => {
    await createService({ serviceName: 'found', serviceRegistries: [{ registryArn }] })
    await stable('found', 2)
    const before = await tasksOf('found')
    expect(await discovered()).toEqual(before.map(addressOf).sort())
    const victim = before[0]
    await cloud.ecs.send(new StopTaskCommand({ task: victim?.taskArn, reason: 'trying it out' }))
    const replaced = await until(
      () => tasksOf('found'),
      (tasks) =>
        tasks.length === 2 &&
        tasks.every((task) => task.lastStatus === 'RUNNING' && task.taskArn !== victim?.taskArn),
    )
    expect(await discovered()).toEqual(replaced.map(addressOf).sort())
    expect(await discovered()).not.toContain(addressOf(victim))
    await waitUntilTasksStopped(soon(), { tasks: [victim?.taskArn ?? ''] })
    const { tasks } = await cloud.ecs.send(new DescribeTasksCommand({ tasks: [victim?.taskArn ?? ''] }))
    expect(tasks).toMatchObject([
      { stopCode: 'UserInitiated', stoppedReason: 'trying it out', stoppedAt: expect.any(Date) },
    ])
    await cloud.ecs.send(new DeleteServiceCommand({ service: 'found', force: true }))
    await until(
      () => describeService('found'),
      ({ status }) => status === 'INACTIVE',
    )
    const { Instances } = await cloud.cloudMap.send(
      new ListInstancesCommand({ ServiceId: registryArn.split('/').at(-1) }),
    )
    expect(Instances).toEqual([])
  })

  it('rolls to a new revision without ever having fewer tasks than wanted', async () => {
    await createService({ serviceName: 'rolling', taskDefinition: 'backend:1' })
    await stable('rolling', 2)
    const old = (await tasksOf('rolling')).map(({ taskArn }) => taskArn)
    const { taskDefinition } = await cloud.ecs.send(new RegisterTaskDefinitionCommand(goodTaskDefinition()))
    const { service } = await cloud.ecs.send(
      new UpdateServiceCommand({ service: 'rolling', taskDefinition: taskDefinition?.taskDefinitionArn }),
    )
    expect(service?.deployments?.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE'])
    let least = 2
    const done = await until(
      async () => {
        const seen = await describeService('rolling')
        least = Math.min(least, seen.runningCount ?? 0)
        return seen
      },
      ({ deployments }) => deployments?.length === 1 && deployments[0]?.rolloutState === 'COMPLETED',
    )
    expect(least).toBe(2)
    expect(done.taskDefinition).toBe(taskDefinition?.taskDefinitionArn)
    const now = await tasksOf('rolling')
    expect(now.map((task) => task.taskDefinitionArn)).toEqual(
      now.map(() => taskDefinition?.taskDefinitionArn),
    )
    for (const { taskArn } of now) expect(old).not.toContain(taskArn)
  })

  it('is the same one when it is made twice at once', async () => {
    const [one, two] = await Promise.all([
      createService({ serviceName: 'twice', desiredCount: 1 }),
      createService({ serviceName: 'twice', desiredCount: 1 }),
    ])
    expect(one.serviceArn).toBe(two.serviceArn)
    await expect(createService({ serviceName: 'twice', desiredCount: 2 })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Creation of service was not idempotent.',
      $metadata: { httpStatusCode: 400 },
    })
  })
})

describe('lists longer than a page', () => {
  it('of services and tasks come whole, each once, in pages of the limit', async () => {
    await cloud.ecs.send(new CreateClusterCommand({ clusterName: 'big' }))
    await Promise.all(
      Array.from({ length: 23 }, (_, index) =>
        createService({ cluster: 'big', serviceName: `s${index}`, desiredCount: 5 }),
      ),
    )
    const pages: number[] = []
    const services = new Set<string>()
    for await (const { serviceArns = [] } of paginateListServices(
      { client: cloud.ecs },
      { cluster: 'big' },
    )) {
      pages.push(serviceArns.length)
      for (const arn of serviceArns) services.add(arn)
    }
    expect(pages).toEqual([10, 10, 3])
    expect(services.size).toBe(23)
    const readTasks = async () => {
      const tasks: string[] = []
      const sizes: number[] = []
      for await (const { taskArns = [] } of paginateListTasks({ client: cloud.ecs }, { cluster: 'big' })) {
        tasks.push(...taskArns)
        sizes.push(taskArns.length)
      }
      return { tasks, sizes }
    }
    const { tasks, sizes } = await until(readTasks, (read) => read.tasks.length === 115)
    expect(sizes).toEqual([100, 15])
    expect(new Set(tasks).size).toBe(115)
    const { tasks: described } = await cloud.ecs.send(
      new DescribeTasksCommand({ cluster: 'big', tasks: tasks.slice(0, 100) }),
    )
    expect(described).toHaveLength(100)
  })
})

describe('standalone tasks by the SDK', () => {
  it('run, are seen by the waiters, and stop', async () => {
    const { tasks = [] } = await cloud.ecs.send(
      new RunTaskCommand({ taskDefinition: 'backend', launchType: 'FARGATE', count: 2 }),
    )
    const arns = tasks.map(({ taskArn }) => taskArn ?? '')
    expect((await waitUntilTasksRunning(soon(), { tasks: arns })).state).toBe('SUCCESS')
    for (const task of arns) await cloud.ecs.send(new StopTaskCommand({ task }))
    expect((await waitUntilTasksStopped(soon(), { tasks: arns })).state).toBe('SUCCESS')
  })
})

describe('accounts and regions', () => {
  it('see nothing of each other', async () => {
    const other = cloud.clientsOf('111111111111', 'eu-west-1')
    await expect(other.ecs.send(new ListTasksCommand({}))).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    })
  })

  it('take their part of a reset', async () => {
    const own = await startTestCloud()
    try {
      await own.ecs.send(new RegisterTaskDefinitionCommand(goodTaskDefinition()))
      await own.ecs.send(new CreateServiceCommand(goodService({ desiredCount: 3 })))
      await own.reset()
      await expect(own.ecs.send(new ListTasksCommand({}))).rejects.toMatchObject({
        name: 'ClusterNotFoundException',
      })
      await own.ecs.send(new RegisterTaskDefinitionCommand(goodTaskDefinition()))
      const { service } = await own.ecs.send(new CreateServiceCommand(goodService({ desiredCount: 1 })))
      expect(service?.taskDefinition).toMatch(/backend:1$/)
      await until(
        async () => (await own.ecs.send(new DescribeServicesCommand({ services: ['web'] }))).services?.[0],
        (seen) => seen?.runningCount === 1,
      )
    } finally {
      await own.stop()
    }
  })
})
