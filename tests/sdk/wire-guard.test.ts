import { ListClustersCommand } from '@aws-sdk/client-ecs'
import { ListNamespacesCommand } from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startLocalCloud } from '@/lib/emulator/start'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { apiHeaders, sendRaw } from '../support/raw-http'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startTestCloud()
})
afterAll(() => cloud.stop())

const ecs = 'AmazonEC2ContainerServiceV20141113'
const cloudMap = 'Route53AutoNaming_v20170314'

/** What an attacker would like to do, on each of the three surfaces. */
const attacks = [
  { surface: 'ECS', path: '/', body: '{"clusterName":"evil"}', headers: apiHeaders(`${ecs}.CreateCluster`) },
  {
    surface: 'Cloud Map',
    path: '/',
    body: '{"Name":"evil"}',
    headers: apiHeaders(`${cloudMap}.CreateHttpNamespace`),
  },
  { surface: 'control', path: '/_local/reset', body: '', headers: ['content-type: application/json'] },
]

/** What is in the cloud: one cluster and nothing else, unless an attack got through. */
async function changes(): Promise<string[]> {
  const { clusterArns = [] } = await cloud.ecs.send(new ListClustersCommand({}))
  const { Namespaces = [] } = await cloud.cloudMap.send(new ListNamespacesCommand({}))
  const operations = [...cloud.services.regions.all()].reduce(
    (sum, { cloudMap: { operations: all } }) => sum + all.size,
    0,
  )
  return [
    ...clusterArns.map((arn) => arn.split('/')[1] ?? ''),
    ...Namespaces.map(({ Name }) => Name ?? ''),
    `${operations} operations`,
  ]
}

beforeEach(async () => {
  await cloud.reset()
  const own = `host: 127.0.0.1:${cloud.port}`
  await sendRaw(
    cloud.port,
    ['POST / HTTP/1.1', own, ...apiHeaders(`${ecs}.CreateCluster`)],
    '{"clusterName":"mine"}',
  )
})
const untouched = ['mine', '0 operations']

describe.each(attacks)('a page of another site on the $surface surface', ({ path, body, headers }) => {
  const post = (extra: readonly string[], requestLine = `POST ${path} HTTP/1.1`) =>
    sendRaw(cloud.port, [requestLine, ...extra, ...headers], body)

  // The cases of LocalStack's TestCSRF, and what has been tried since.
  it.each([
    ['a foreign origin', 'http://attacker.example'],
    ['a foreign origin with our port', 'http://attacker.example:4566'],
    ['the origin of a file or sandbox', 'null'],
    ['our host under https', 'https://127.0.0.1'],
    ['a subdomain that looks like us', 'http://127.0.0.1.attacker.example'],
    ['another local server', 'http://localhost:3000'],
    ['an extension', 'chrome-extension://abcdef'],
  ])('is refused with %s', async (_, origin) => {
    const answer = await post([`host: 127.0.0.1:${cloud.port}`, `origin: ${origin}`])
    expect(answer.status).toBe(403)
    expect(answer.headers).not.toContain('access-control')
    expect(answer.headers).toContain('x-amzn-requestid')
    expect(await changes()).toEqual(untouched)
  })

  it.each([
    'attacker.example',
    'attacker.example:4680',
    'localhost.attacker.example',
    '127.0.0.1',
    '0.0.0.0',
    '169.254.169.254',
    'attacker.example:PORT',
    'localhost.attacker.example:PORT',
    '127.0.0.1.attacker.example:PORT',
    '0.0.0.0:PORT',
    'localhost.:PORT',
    '2130706433:PORT',
    '[::ffff:127.0.0.1]:PORT',
    'user@localhost:PORT',
  ])('is refused when it rebinds %s to us', async (host) => {
    const answer = await post([`host: ${host.replace('PORT', String(cloud.port))}`])
    expect(answer.status).toBe(421)
    expect(answer.body).toContain('rebinding')
    expect(await changes()).toEqual(untouched)
  })

  it('is refused when the browser says cross-site, whatever else it says', async () => {
    const answer = await post([`host: 127.0.0.1:${cloud.port}`, 'sec-fetch-site: cross-site'])
    expect(answer.status).toBe(403)
    expect(await changes()).toEqual(untouched)
  })

  it('is refused with two Host headers, or with an absolute target', async () => {
    const own = `host: 127.0.0.1:${cloud.port}`
    expect((await post([own, 'host: attacker.example'])).status).toBe(400)
    expect((await post([own], `POST http://attacker.example${path} HTTP/1.1`)).status).toBe(421)
    expect((await post([own], `POST http://127.0.0.1:${cloud.port}${path} HTTP/1.1`)).status).toBe(421)
    expect(await changes()).toEqual(untouched)
  })

  it('gets nothing from asking first', async () => {
    const answer = await sendRaw(cloud.port, [
      `OPTIONS ${path} HTTP/1.1`,
      `host: 127.0.0.1:${cloud.port}`,
      'origin: http://attacker.example',
      'access-control-request-method: POST',
      'access-control-request-headers: x-amz-target, authorization',
      'access-control-request-private-network: true',
    ])
    expect(answer.status).toBe(403)
    expect(answer.headers).not.toContain('access-control')
  })
})

describe('requests that a form can send', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'as %s change nothing',
    async (type) => {
      const own = [`host: 127.0.0.1:${cloud.port}`, `content-type: ${type}`]
      const reset = await sendRaw(cloud.port, ['POST /_local/reset HTTP/1.1', ...own])
      expect(reset.status).toBe(415)
      const api = await sendRaw(cloud.port, ['POST / HTTP/1.1', ...own], '{"clusterName":"evil"}')
      expect(api.status).toBe(400)
      const target = [`x-amz-target: ${ecs}.CreateCluster`]
      const unsigned = await sendRaw(
        cloud.port,
        ['POST / HTTP/1.1', ...own, ...target],
        '{"clusterName":"evil"}',
      )
      expect(unsigned.body).toContain('MissingAuthenticationTokenException')
      expect(await changes()).toEqual(untouched)
    },
  )
})

describe('those who may', () => {
  it('reach it by each of its own names, data- names included', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]', '127.9.8.7', 'data-127.0.0.1', 'data-localhost']) {
      const lines = ['POST / HTTP/1.1', `host: ${name}:${cloud.port}`, ...apiHeaders(`${ecs}.ListClusters`)]
      expect([name, (await sendRaw(cloud.port, lines, '{}')).status]).toEqual([name, 200])
    }
  })

  it('reach it with its own origin, and without any', async () => {
    const own = `host: 127.0.0.1:${cloud.port}`
    const origin = `origin: http://127.0.0.1:${cloud.port}`
    expect((await sendRaw(cloud.port, ['GET /_local/health HTTP/1.1', own, origin])).status).toBe(200)
    expect((await sendRaw(cloud.port, ['GET /_local/health HTTP/1.1', own])).status).toBe(200)
  })

  it('can empty it', async () => {
    const answer = await sendRaw(cloud.port, ['POST /_local/reset HTTP/1.1', `host: 127.0.0.1:${cloud.port}`])
    expect(answer.status).toBe(200)
    expect(await changes()).toEqual(['0 operations'])
  })
})

describe('where it listens', () => {
  it.each(['0.0.0.0', '::', 'localhost', '192.168.0.1', 'example.com', '127.0.0.1.evil.example'])(
    'is never %s',
    async (host) => {
      await expect(startLocalCloud({ host, port: 0, runtime: 'simulated' })).rejects.toMatchObject({
        code: 'NotLoopback',
      })
    },
  )

  it('is not a port that is taken, and the message names it and the flag', async () => {
    const error = await startLocalCloud({ port: cloud.port, runtime: 'simulated' }).catch(
      (caught: unknown) => caught,
    )
    expect(error).toMatchObject({ code: 'PortTaken' })
    expect(String(error)).toContain(`Port ${cloud.port} on 127.0.0.1`)
    expect(String(error)).toContain('--port')
  })

  it('is not a DNS port that is taken, and the message names it and the flag', async () => {
    const error = await startLocalCloud({ port: 0, dnsPort: cloud.dns.port, runtime: 'simulated' }).catch(
      (caught: unknown) => caught,
    )
    expect(error).toMatchObject({ code: 'PortTaken' })
    expect(String(error)).toContain('--dns-port')
  })
})
