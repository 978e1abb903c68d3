import { Resolver } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
  DiscoverInstancesCommand,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { stillRunning, treeOf } from '../support/process-tree'

const environmentOf = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')

let cloud: TestCloud
let resolver: Resolver
let registryArn: string | undefined

const group = '/ecs/backend-api'
const patient = { timeout: 20_000, interval: 50 }
const name = 'backend-api.production.local'

beforeAll(async () => {
  cloud = await startTestCloud({ runtime: 'process' })
  resolver = new Resolver({ timeout: 2000, tries: 2 })
  resolver.setServers([`${cloud.dns.host}:${cloud.dns.port}`])

  const namespace = await cloud.cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({ Name: 'production.local', Vpc: 'vpc-default' }),
  )
  const { Targets } = await cloud.waitForOperation(namespace.OperationId)
  const registry = await cloud.cloudMap.send(
    new CreateDiscoveryServiceCommand({
      Name: 'backend-api',
      NamespaceId: Targets?.NAMESPACE,
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
      HealthCheckCustomConfig: {},
    }),
  )
  registryArn = registry.Service?.Arn
  await cloud.ecs.send(new CreateClusterCommand({}))
  await cloud.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'backend-api',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        {
          name: 'backend-api',
          image: 'backend-api:latest',
          portMappings: [{ containerPort: 8080 }],
          healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:8080/health || exit 1'] },
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': group,
              'awslogs-region': 'us-east-1',
              'awslogs-stream-prefix': 'ecs',
            },
          },
        },
      ],
    }),
  )
  await cloud.ecs.send(
    new CreateServiceCommand({
      serviceName: 'backend-api-service',
      taskDefinition: 'backend-api',
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
      serviceRegistries: [{ registryArn }],
    }),
  )
})
afterAll(() => cloud.stop())

const resolved = (): Promise<string[]> =>
  resolver.resolve4(name).then(
    (all) => all.sort(),
    () => [],
  )
const discovered = async (): Promise<string[]> => {
  const { Instances = [] } = await cloud.cloudMap.send(
    new DiscoverInstancesCommand({
      NamespaceName: 'production.local',
      ServiceName: 'backend-api',
      HealthStatus: 'HEALTHY',
    }),
  )
  return Instances.map((one) => one.Attributes?.AWS_INSTANCE_IPV4 ?? '').sort()
}
const ask = async (address: string): Promise<{ hostname: string }> =>
  (await fetch(`http://${address}:8080/api/data`, { headers: { connection: 'close' } })).json()
const hostnameOf = (address: string) => `ip-${address.replaceAll('.', '-')}`

it('both tasks of a service are found by DNS and by DiscoverInstances, healthy, and answer there', async () => {
  await expect.poll(async () => (await discovered()).length, patient).toBe(2)
  const addresses = await discovered()
  expect(await resolved()).toEqual(addresses)
  const answers = await Promise.all(addresses.map(ask))
  expect(answers.map((answer) => answer.hostname)).toEqual(addresses.map(hostnameOf))
})

it('a task whose process is killed with -9 is replaced, and its address is gone', async () => {
  const [victim = '', other = ''] = await discovered()
  const found = treeOf(process.pid).find(
    (one) =>
      one.args.some((arg) => arg.endsWith('/backend.mjs')) &&
      environmentOf(one.pid).includes(`SWITCHBOARD_ADDRESS=${victim}`),
  )
  expect(found).toBeDefined()
  process.kill(found?.pid ?? 0, 'SIGKILL')
  await expect
    .poll(async () => {
      const now = await discovered()
      return now.length === 2 && !now.includes(victim) && now.includes(other)
    }, patient)
    .toBe(true)
  expect(await resolved()).toEqual(await discovered())
  await expect(ask(victim)).rejects.toThrow()

  const { taskArns = [] } = await cloud.ecs.send(new ListTasksCommand({ desiredStatus: 'STOPPED' }))
  const { tasks = [] } = await cloud.ecs.send(new DescribeTasksCommand({ tasks: taskArns }))
  const [stopped] = tasks
  expect(stopped).toMatchObject({
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
  })
  expect(stopped?.containers?.[0]?.exitCode).toBe(137)
})

it('the log of a task says which call it handled', async () => {
  const [address = ''] = await discovered()
  const headers = { 'x-switchboard-call': 'call-42', connection: 'close' }
  await fetch(`http://${address}:8080/api/data`, { headers })
  const messages = async () => {
    const { events = [] } = await cloud.logs.send(
      new FilterLogEventsCommand({ logGroupName: group, filterPattern: '"call-42"' }),
    )
    return events.map((event) => event.message)
  }
  await expect
    .poll(messages, patient)
    .toEqual([expect.stringMatching(/^GET \/api\/data 200 .* from 127\.0\.0\.1 x-switchboard-call=call-42$/)])
})

it('nothing is found and nothing runs when the service is gone', async () => {
  const running = treeOf(process.pid).filter((one) => one.args.some((arg) => arg.endsWith('/backend.mjs')))
  expect(running.length).toBeGreaterThanOrEqual(2)
  await cloud.ecs.send(new DeleteServiceCommand({ service: 'backend-api-service', force: true }))
  await expect.poll(resolved, patient).toEqual([])
  await expect.poll(() => stillRunning(running), patient).toEqual([])
})
