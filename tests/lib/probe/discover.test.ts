import { DiscoverInstancesCommand, ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { discover } from '@/lib/probe/discover'

const mock = mockClient(ServiceDiscoveryClient)
afterAll(() => mock.restore())
beforeEach(() => mock.reset())

const client = () =>
  new ServiceDiscoveryClient({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
const ask = (signal = new AbortController().signal) =>
  discover(client(), 'production.local', 'backend-api', signal)

const awsError = (name: string) =>
  Object.assign(new Error(`${name} happened`), { name, $metadata: { httpStatusCode: 400 } })

const instance = (id: string, attributes: Record<string, string>) => ({
  InstanceId: id,
  HealthStatus: 'HEALTHY' as const,
  Attributes: attributes,
})

describe('DiscoverInstances', () => {
  test('is asked for healthy instances first, and all when none is', async () => {
    mock.on(DiscoverInstancesCommand).resolves({
      Instances: [instance('t1', { AWS_INSTANCE_IPV4: '127.10.0.11', AWS_INSTANCE_PORT: '8080' })],
    })
    expect(await ask()).toEqual({
      addresses: [{ address: '127.10.0.11', port: 8080, health: 'HEALTHY', instanceId: 't1' }],
      failure: null,
      asked: 'HEALTHY_OR_ELSE_ALL',
      remark: null,
      server: null,
      ttlSeconds: null,
    })
    expect(mock.commandCalls(DiscoverInstancesCommand)[0]?.args[0].input).toEqual({
      NamespaceName: 'production.local',
      ServiceName: 'backend-api',
      HealthStatus: 'HEALTHY_OR_ELSE_ALL',
      MaxResults: 1000,
    })
  })

  test.each(['InvalidInput', 'ValidationException', 'InternalFailure'])(
    'is asked for all when the endpoint answers the filter with %s, and says so',
    async (name) => {
      mock.on(DiscoverInstancesCommand, { HealthStatus: 'HEALTHY_OR_ELSE_ALL' }).rejects(awsError(name))
      mock.on(DiscoverInstancesCommand, { HealthStatus: 'ALL' }).resolves({
        Instances: [instance('t1', { AWS_INSTANCE_IPV4: '10.0.0.1' })],
      })
      const found = await ask()
      expect(found).toMatchObject({ asked: 'ALL', failure: null, remark: expect.stringContaining('lacks') })
      expect(found.addresses).toHaveLength(1)
    },
  )

  test.each([
    'ServiceNotFound',
    'NamespaceNotFound',
    'AccessDeniedException',
    'RequestLimitExceeded',
    'ExpiredTokenException',
  ])('is not asked twice after %s', async (name) => {
    mock.on(DiscoverInstancesCommand).rejects(awsError(name))
    expect(await ask()).toMatchObject({ addresses: [], failure: { code: name, message: `${name} happened` } })
    expect(mock.commandCalls(DiscoverInstancesCommand)).toHaveLength(1)
  })

  test('is not asked twice when the endpoint cannot be reached', async () => {
    mock
      .on(DiscoverInstancesCommand)
      .rejects(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
    expect((await ask()).failure?.message).toContain('ECONNREFUSED')
    expect(mock.commandCalls(DiscoverInstancesCommand)).toHaveLength(1)
  })

  test('tells the second refusal when both fail', async () => {
    mock
      .on(DiscoverInstancesCommand)
      .rejectsOnce(awsError('InvalidInput'))
      .rejectsOnce(awsError('UnknownOperationException'))
    expect(await ask()).toMatchObject({ asked: 'ALL', failure: { code: 'UnknownOperationException' } })
  })

  test('takes IPv6 where there is no IPv4', async () => {
    mock.on(DiscoverInstancesCommand).resolves({
      Instances: [
        instance('t1', { AWS_INSTANCE_IPV6: 'fd12::7' }),
        instance('t2', { AWS_INSTANCE_IPV4: '10.0.0.1', AWS_INSTANCE_IPV6: 'fd12::8' }),
      ],
    })
    expect((await ask()).addresses.map(({ address }) => address)).toEqual(['fd12::7', '10.0.0.1'])
  })

  test('leaves out instances without an address, and counts them', async () => {
    mock.on(DiscoverInstancesCommand).resolves({
      Instances: [
        instance('a', { AWS_INSTANCE_CNAME: 'example.com' }),
        instance('b', { url: 'https://x' }),
        { InstanceId: 'c' },
      ],
    })
    expect(await ask()).toMatchObject({
      addresses: [],
      remark: expect.stringContaining('3 registered without an IP'),
    })
  })

  test.each([
    ['8080', 8080],
    ['', null],
    ['http', null],
    ['80.5', null],
    ['-1', null],
    ['999999', null],
  ])('reads the port %j as %s', async (text, port) => {
    mock.on(DiscoverInstancesCommand).resolves({
      Instances: [instance('t1', { AWS_INSTANCE_IPV4: '10.0.0.1', AWS_INSTANCE_PORT: text })],
    })
    expect((await ask()).addresses[0]?.port).toBe(port)
  })

  test('stops with the reason of the one who stopped it', async () => {
    const reason = new Error('stopped')
    mock.on(DiscoverInstancesCommand).rejects(new Error('Request aborted'))
    await expect(ask(AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
