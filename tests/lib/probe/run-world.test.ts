import { Socket } from 'node:net'
import { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { run } from '@/lib/probe/run'
import { makeWorld } from '@/lib/probe/run-world'
import type { AttemptFinished, CallRequest } from '@/lib/probe/trip'
import { startDnsServer } from './support/dns-server'
import { backend, task } from './support/nodes'
import { type RawServer, startRawServer } from './support/raw-server'

const cloudMap = mockClient(ServiceDiscoveryClient)
let service: RawServer
let dns: Awaited<ReturnType<typeof startDnsServer>>
let answers: readonly string[] = []
let reply = ''
let lowestPort = 0
let connects: string[] = []

beforeAll(async () => {
  service = await startRawServer((socket) => socket.end(reply))
  dns = await startDnsServer(({ type, name }) => ({
    answers: answers
      .filter((address) => (address.includes(':') ? type === 'AAAA' : type === 'A'))
      .map((data) => ({ type: data.includes(':') ? 'AAAA' : 'A', name, ttl: 60, data })),
  }))
})
afterAll(async () => {
  cloudMap.restore()
  await service.stop()
  await dns.stop()
})

beforeEach(() => {
  reply = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
  connects = []
  lowestPort = 0
  cloudMap.reset()
  cloudMap.onAnyCommand().resolves({ Instances: [] })
  // Every TCP connection of the process goes through here, whoever opens it.
  const real = Socket.prototype.connect
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args: unknown[]) {
    connects.push(JSON.stringify(args[0]))
    return Reflect.apply(real, this, args)
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

const call = async (
  more: Partial<CallRequest> = {},
  kind: 'local' | 'aws' = 'local',
  port = service.port,
) => {
  const node = backend({
    ports: [{ container: 'a', port, protocol: 'tcp', name: null }],
    instances: [task(1, { address: '127.0.0.1', port })],
    // Elsewhere the machine's own resolvers would be asked, which a test must not do.
    ...(kind === 'aws' ? { discovery: null } : {}),
  })
  const client = new ServiceDiscoveryClient({ region: 'us-east-1' })
  const world = await makeWorld({
    kind,
    endpointUrl: 'http://127.0.0.1:4680',
    cloudMap: client,
    consoleListeners: [{ host: '127.0.0.1', port: 3000 }],
    dnsServers: { read: async () => dns.server, readLowestPort: async () => lowestPort },
    readService: () => node,
  })
  const request: CallRequest = {
    serviceId: node.id,
    method: 'GET',
    path: '/',
    count: 1,
    concurrency: 1,
    via: 'dns',
    ...more,
  }
  const attempts: AttemptFinished[] = []
  for await (const event of run(request, node, world, new AbortController().signal))
    if (event.type === 'attempt') attempts.push(event)
  return attempts
}

describe('with real sockets and a real DNS server', () => {
  test('an instance is connected to once per call', async () => {
    answers = ['127.0.0.1']
    const [attempt] = await call()
    expect(attempt).toMatchObject({ status: 200, address: '127.0.0.1', errorKind: null })
    expect(connects).toHaveLength(1)
    expect(connects[0]).toContain(`"port":${service.port}`)
  })

  test('a port that the local cloud may not have is called where its task really listens', async () => {
    answers = ['127.0.0.1']
    lowestPort = 1024
    const [attempt] = await call({}, 'local', 80)
    expect(connects).toHaveLength(1)
    expect(connects[0]).toContain('"port":20080')
    expect(attempt).toMatchObject({ address: '127.0.0.1', port: 80, errorKind: 'refused' })
  })

  test.each([
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '0.0.0.0',
    '0.0.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '127.0.0.2',
    '127.0.0.53',
    '10.0.0.1',
    '8.8.8.8',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    '::1',
    '::',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
  ])('a name that answers %s causes no connection at all', async (address) => {
    answers = [address]
    const [attempt] = await call()
    expect(attempt).toMatchObject({ errorKind: 'denied', address: null, status: null })
    expect(connects).toEqual([])
  })

  test('a name that answers well first and the metadata address then is believed once', async () => {
    answers = ['127.0.0.1']
    expect((await call())[0]).toMatchObject({ status: 200 })
    answers = ['169.254.169.254']
    expect((await call())[0]).toMatchObject({ errorKind: 'denied' })
    expect(connects).toHaveLength(1)
  })

  test('a redirect to the metadata address is an answer, not a way', async () => {
    answers = ['127.0.0.1']
    for (const status of [301, 302, 303, 307, 308]) {
      connects = []
      reply = `HTTP/1.1 ${status} X\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n`
      expect((await call())[0]).toMatchObject({ status, errorKind: null })
      expect(connects).toHaveLength(1)
    }
  })

  test('the same address is refused when the target is not the local cloud', async () => {
    answers = ['127.0.0.1']
    expect((await call({ via: 'tasks' }))[0]).toMatchObject({ status: 200 })
    connects = []
    expect((await call({ via: 'tasks' }, 'aws'))[0]).toMatchObject({ errorKind: 'denied' })
    expect(connects).toEqual([])
  })

  test('the ports of the console, the local cloud and its DNS are refused even when Cloud Map returns them', async () => {
    for (const port of ['3000', '4680', dns.server.split(':')[1] ?? '']) {
      cloudMap.onAnyCommand().resolves({
        Instances: [
          { InstanceId: 'x', Attributes: { AWS_INSTANCE_IPV4: '127.0.0.1', AWS_INSTANCE_PORT: port } },
        ],
      })
      expect((await call({ via: 'discover' }))[0]).toMatchObject({
        errorKind: 'denied',
        errorMessage: expect.stringContaining('Switchboard'),
      })
    }
    expect(connects).toEqual([])
  })

  test('500 calls leave no connection open', async () => {
    answers = ['127.0.0.1']
    const attempts = await call({ count: 500, concurrency: 20 })
    expect(attempts.filter(({ status }) => status === 200)).toHaveLength(500)
    expect(connects).toHaveLength(500)
    await service.allClosed()
  })
})
