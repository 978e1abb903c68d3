import { DescribeLogGroupsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  DescribeAvailabilityZonesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ListClustersCommand,
  ListContainerInstancesCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { CreateHttpNamespaceCommand, ListNamespacesCommand } from '@aws-sdk/client-servicediscovery'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { supportedOperations } from '@/lib/emulator/wire/operations'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { apiHeaders, sendRaw } from '../support/raw-http'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startTestCloud()
})
afterAll(() => cloud.stop())

const nameOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.name,
  )

describe('the AWS SDK', () => {
  it('is told who it is: the account of its access key', async () => {
    const { sts } = cloud.clientsOf('123456789012', 'eu-west-1')
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:root',
      UserId: '123456789012',
      $metadata: { httpStatusCode: 200, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    })
    const other = cloud.clientsOf('AKIAIOSFODNN7EXAMPLE', 'eu-west-1')
    expect((await other.sts.send(new GetCallerIdentityCommand({}))).Account).toBe('000000000000')
  })

  it('reads the default network', async () => {
    const { Vpcs = [] } = await cloud.ec2.send(new DescribeVpcsCommand({ VpcIds: ['vpc-default'] }))
    expect(Vpcs).toMatchObject([
      { IsDefault: true, State: 'available', CidrBlock: '127.0.0.0/8', Tags: [{ Key: 'Name' }] },
    ])
    const vpcId = Vpcs[0]?.VpcId ?? ''
    const subnets = await cloud.ec2.send(
      new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }),
    )
    expect(subnets.Subnets?.map(({ AvailabilityZone }) => AvailabilityZone)).toEqual([
      'us-east-1a',
      'us-east-1b',
      'us-east-1c',
    ])
    expect(subnets.Subnets?.[0]).toMatchObject({ DefaultForAz: true, AvailableIpAddressCount: 4_194_299 })
    const groups = await cloud.ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }),
    )
    expect(groups.SecurityGroups).toMatchObject([
      { GroupName: 'default', VpcId: vpcId, IpPermissionsEgress: [{ IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
    ])
    const zones = await cloud.ec2.send(new DescribeAvailabilityZonesCommand({}))
    expect(zones.AvailabilityZones?.map(({ ZoneName, State }) => [ZoneName, State])).toEqual([
      ['us-east-1a', 'available'],
      ['us-east-1b', 'available'],
      ['us-east-1c', 'available'],
    ])
    expect(await nameOf(cloud.ec2.send(new DescribeVpcsCommand({ VpcIds: ['vpc-nope'] })))).toBe(
      'InvalidVpcID.NotFound',
    )
  })

  it('reads logs', async () => {
    const scope = { accountId: '000000000000', region: 'us-east-1' }
    cloud.services.logs.append(scope, '/ecs/web', 'app/1', [{ atMs: 1_700_000_000_123, message: 'hello' }])
    const groups = await cloud.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs' }))
    expect(groups.logGroups?.[0]?.logGroupName).toBe('/ecs/web')
    const events = await cloud.logs.send(
      new GetLogEventsCommand({ logGroupName: '/ecs/web', logStreamName: 'app/1' }),
    )
    expect(events.events).toMatchObject([{ timestamp: 1_700_000_000_123, message: 'hello' }])
  })

  it('sees its own account and region, and no other', async () => {
    const [a, b, c] = [
      cloud.clientsOf('111111111111', 'us-east-1'),
      cloud.clientsOf('222222222222', 'us-east-1'),
      cloud.clientsOf('111111111111', 'eu-west-1'),
    ]
    await a.ecs.send(new CreateClusterCommand({ clusterName: 'mine' }))
    const count = async (clients: typeof a) =>
      (await clients.ecs.send(new ListClustersCommand({}))).clusterArns
    expect(await count(a)).toEqual(['arn:aws:ecs:us-east-1:111111111111:cluster/mine'])
    expect(await count(b)).toEqual([])
    expect(await count(c)).toEqual([])
  })

  it('is told of an operation that the local cloud does not have, and so is its owner', async () => {
    expect(await nameOf(cloud.ecs.send(new ListContainerInstancesCommand({})))).toBe(
      'UnknownOperationException',
    )
    expect(cloud.lines).toContain(
      'warn ECS ListContainerInstances is an operation of AWS that the local cloud does not have',
    )
  })

  it('gets typed errors with their message', async () => {
    const missing = cloud.cloudMap.send(new CreateHttpNamespaceCommand({ Name: undefined }))
    await expect(missing).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining("'Name'"),
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    })
  })
})

describe('a reset', () => {
  it('stops every task, empties every account and region, and leaves it ready for new work', async () => {
    const { ecs } = cloud.clientsOf('444444444444', 'eu-west-1')
    const containerDefinitions = [{ name: 'app', image: 'nginx', memory: 64 }]
    const run = async () => {
      await ecs.send(new CreateClusterCommand({ clusterName: 'default' }))
      await ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }))
      await ecs.send(new CreateServiceCommand({ serviceName: 'web', taskDefinition: 'web', desiredCount: 2 }))
      const running = async () =>
        (await ecs.send(new DescribeServicesCommand({ services: ['web'] }))).services?.[0]?.runningCount
      await expect.poll(running, { timeout: 10_000 }).toBe(2)
    }
    await run()
    await cloud.reset()
    expect((await ecs.send(new ListClustersCommand({}))).clusterArns).toEqual([])
    expect((await cloud.logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([])
    await run()
    expect(cloud.lines.filter((line) => line.startsWith('error'))).toEqual([])
  })
})

describe('what the local cloud says that it has', () => {
  it('is sorted by service, without repetition, and includes all of Cloud Map', () => {
    const names = supportedOperations.map(({ service, operation }) => `${service} ${operation}`)
    expect(new Set(names).size).toBe(names.length)
    expect(supportedOperations.filter(({ service }) => service === 'Cloud Map')).toHaveLength(30)
    expect(names).toContain('STS GetCallerIdentity')
    expect(names).toContain('EC2 DescribeSubnets')
    expect(names).toContain('CloudWatch Logs FilterLogEvents')
    expect(names).toContain('ECS CreateService')
  })
})

describe('the wire', () => {
  const own = () => `host: 127.0.0.1:${cloud.port}`
  const post = (target: string, body: string) =>
    sendRaw(cloud.port, ['POST / HTTP/1.1', own(), ...apiHeaders(target)], body)

  it('refuses a body over 1 MiB and takes one just below', async () => {
    const bodyOf = (bytes: number) => `{"x":"${'y'.repeat(bytes - 8)}"}`
    const target = 'AmazonEC2ContainerServiceV20141113.ListClusters'
    expect((await post(target, bodyOf(1_048_576))).status).toBe(200)
    const refused = await post(target, bodyOf(1_048_577))
    expect(refused.status).toBe(413)
    expect(refused.body).toContain('RequestEntityTooLargeException')
  })

  it('answers what is no API request with what it is', async () => {
    const page = await sendRaw(cloud.port, ['GET / HTTP/1.1', own()])
    expect(page.status).toBe(404)
    expect(page.body).toContain('/_local/health')
    expect((await sendRaw(cloud.port, ['POST /elsewhere HTTP/1.1', own()])).body).toContain(
      'UnknownOperationException',
    )
    expect((await sendRaw(cloud.port, ['GET /_local/nope HTTP/1.1', own()])).status).toBe(404)
  })

  it('tells a service that is not here, DynamoDB for example', async () => {
    const answer = await post('DynamoDB_20120810.ListTables', '{}')
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body)).toMatchObject({ __type: 'UnknownOperationException' })
    expect(cloud.lines.join('\n')).toContain('DynamoDB_20120810.ListTables')
  })

  it('survives broken HTTP and goes on', async () => {
    expect((await sendRaw(cloud.port, ['NONSENSE'])).status).toBe(400)
    expect((await sendRaw(cloud.port, ['POST / HTTP/1.1'])).status).toBe(400)
    const endless = ['POST / HTTP/1.1', own(), `x-long: ${'x'.repeat(40_000)}`]
    expect((await sendRaw(cloud.port, endless)).status).toBe(431)
    expect((await cloud.cloudMap.send(new ListNamespacesCommand({}))).$metadata.httpStatusCode).toBe(200)
  })

  it('tells its health', async () => {
    const answer = await sendRaw(cloud.port, ['GET /_local/health HTTP/1.1', own()])
    expect(JSON.parse(answer.body)).toMatchObject({
      status: 'ok',
      service: 'switchboard-local-cloud',
      runtime: 'simulated',
      dns: cloud.dns,
      pid: process.pid,
    })
  })
})
