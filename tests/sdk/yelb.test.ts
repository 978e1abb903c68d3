import { Resolver } from 'node:dns/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import {
  CreateClusterCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  waitUntilServicesStable,
} from '@aws-sdk/client-ecs'
import { CreatePrivateDnsNamespaceCommand } from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { deployYelbService, type YelbService } from '../support/yelb'

const patient = { timeout: 20_000, interval: 50 }

let cloud: TestCloud
let resolver: Resolver
let namespaceId: string | undefined
beforeAll(async () => {
  // As for a user who may not have ports below 1024; the machine of a test may be more generous.
  cloud = await startTestCloud({ runtime: 'process', lowestPort: 1024 })
  resolver = new Resolver({ timeout: 2000, tries: 2 })
  resolver.setServers([`${cloud.dns.host}:${cloud.dns.port}`])
  const made = await cloud.cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({ Name: 'yelb.local', Vpc: 'vpc-default' }),
  )
  namespaceId = (await cloud.waitForOperation(made.OperationId)).Targets?.NAMESPACE
  await cloud.ecs.send(new CreateClusterCommand({}))
}, 30_000)
afterAll(() => cloud.stop())

const deploy = async (name: YelbService) => {
  await deployYelbService(cloud, namespaceId, name)
  await waitUntilServicesStable(
    { client: cloud.ecs, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
    { services: [name] },
  )
}

const addressOf = async (name: YelbService): Promise<string> => {
  const [address] = await vi.waitFor(() => resolver.resolve4(`${name}.yelb.local`), patient)
  if (address === undefined) throw new Error(`${name} has no address`)
  return address
}

type Got = { readonly status: number; readonly type: string; readonly body: string }

const get = async (name: YelbService, port: number, path: string): Promise<Got> => {
  const host = await addressOf(name)
  return new Promise((resolve, reject) => {
    request({ host, port, path, agent: false }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += String(chunk)
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body }),
      )
    })
      .on('error', reject)
      .end()
  })
}

/** Says something over TCP and hears until the other side has said this much or ended. */
const say = async (
  name: YelbService,
  port: number,
  words: string | Buffer,
  until: RegExp,
): Promise<string> => {
  const host = await addressOf(name)
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect({ host, port })
    socket.on('connect', () => socket.write(words))
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      if (until.test(heard)) socket.end()
    })
    socket.on('close', () => resolve(heard))
  })
}

describe('Yelb by service discovery', () => {
  it('names what its application server is missing, store by store', async () => {
    await deploy('yelb-appserver')
    const without = await get('yelb-appserver', 4567, '/api/getvotes')
    expect(without.status).toBe(500)
    expect(JSON.parse(without.body)).toMatchObject({
      missing: [
        { name: 'redis-server', port: 6379 },
        { name: 'yelb-db', port: 5432 },
      ],
    })

    await deploy('redis-server')
    const half = await get('yelb-appserver', 4567, '/api/hostname')
    expect(half.status).toBe(500)
    expect(JSON.parse(half.body)).toMatchObject({
      error: expect.stringContaining('yelb-db:5432'),
      missing: [{ name: 'yelb-db', port: 5432 }],
    })
  }, 60_000)

  it('answers like the original when both stores are there', async () => {
    await deploy('yelb-db')
    await vi.waitFor(async () => {
      expect((await get('yelb-appserver', 4567, '/api/hostname')).status).toBe(200)
    }, patient)
    expect((await get('yelb-appserver', 4567, '/api/hostname')).body).toMatch(/^ip-127-/)
    const before = Number((await get('yelb-appserver', 4567, '/api/pageviews')).body)
    const stats = await get('yelb-appserver', 4567, '/api/getstats')
    expect(stats.type).toContain('application/json')
    expect(JSON.parse(stats.body)).toEqual({
      hostname: expect.stringMatching(/^ip-127-/),
      pageviews: before + 1,
    })
    expect((await get('yelb-appserver', 4567, '/api/ihop')).body.trim()).toBe('1')
    expect((await get('yelb-appserver', 4567, '/api/ihop')).body.trim()).toBe('2')
    expect(JSON.parse((await get('yelb-appserver', 4567, '/api/getvotes')).body)).toEqual([
      { name: 'outback', value: 0 },
      { name: 'bucadibeppo', value: 0 },
      { name: 'ihop', value: 2 },
      { name: 'chipotle', value: 0 },
    ])
    expect((await get('yelb-appserver', 4567, '/api/diner')).status).toBe(404)
    expect((await get('yelb-appserver', 4567, '/')).status).toBe(404)
  }, 60_000)

  it('counts page views in a redis that speaks Redis', async () => {
    const count = /\+PONG\r\n:(\d+)\r\n\$\d+\r\n(\d+)\r\n/
    const heard = await say(
      'redis-server',
      6379,
      '*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nINCR\r\n$9\r\npageviews\r\n*2\r\n$3\r\nGET\r\n$9\r\npageviews\r\n',
      count,
    )
    const [, incremented, got] = count.exec(heard) ?? []
    expect(Number(incremented)).toBeGreaterThan(1)
    expect(got).toBe(incremented)
    expect(await say('redis-server', 6379, 'SUBSCRIBE x\r\n', /\n/)).toContain('this is a stand-in for redis')
    expect(await say('redis-server', 6379, '*-7\r\n', /\n/)).toContain('Protocol error')
    expect(await say('redis-server', 6379, 'quit\r\n', /never/)).toBe('+OK\r\n')
  })

  it('says of its database that it is a stand-in, in words and to a real client', async () => {
    expect(await say('yelb-db', 5432, 'hello\n', /\n/)).toBe('stand-in for yelb-db\n')
    expect(await say('yelb-db', 5432, 'read diner\n', /\n/)).toContain('no restaurant of that name')
    expect(await say('yelb-db', 5432, 'drop table\n', /\n/)).toContain('error')
    const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
    expect(await say('yelb-db', 5432, sslRequest, /never/)).toMatch(/^E[\s\S]*does not speak PostgreSQL/)
  })

  it('shows its page on port 80, moved where this user may have it, and passes calls on', async () => {
    await deploy('yelb-ui')
    const page = await get('yelb-ui', 20_080, '/')
    expect(page).toMatchObject({ status: 200, type: expect.stringContaining('text/html') })
    expect(page.body).toContain('page views')
    const votes = await get('yelb-ui', 20_080, '/api/getvotes')
    expect(JSON.parse(votes.body)).toContainEqual({ name: 'ihop', value: 2 })
    expect((await get('yelb-ui', 20_080, '/vote?for=chipotle')).body).toContain('You voted for chipotle')
    expect((await get('yelb-ui', 20_080, '/vote?for=<script>')).status).toBe(404)
    const { services = [] } = await cloud.ecs.send(new DescribeServicesCommand({ services: ['yelb-ui'] }))
    const told = services[0]?.events?.map(({ message }) => message).join('\n')
    expect(told).toContain('port 80 needs rights that this user does not have')
    expect(await (await fetch(`${cloud.url}/_local/health`)).json()).toMatchObject({ lowestPort: 1024 })
  }, 60_000)

  it('marks every one of its images as a stand-in', async () => {
    const { taskArns = [] } = await cloud.ecs.send(new ListTasksCommand({}))
    const { tasks = [] } = await cloud.ecs.send(new DescribeTasksCommand({ tasks: taskArns }))
    const standIns = tasks.flatMap(({ attributes = [] }) =>
      attributes.filter(({ name }) => name === 'switchboard.stand-in').map(({ value }) => value),
    )
    expect(standIns.sort()).toEqual([
      'mreferre/yelb-appserver:0.7',
      'mreferre/yelb-db:0.6',
      'mreferre/yelb-ui:0.10',
      'redis:4.0.2',
    ])
  })

  it('fails as a whole when one store goes, and the page says which', async () => {
    await cloud.ecs.send(new DeleteServiceCommand({ service: 'redis-server', force: true }))
    await vi.waitFor(async () => {
      const answer = await get('yelb-ui', 20_080, '/api/getvotes')
      expect(answer.status).toBe(500)
      expect(answer.body).toContain('redis-server:6379')
    }, patient)
    const page = await get('yelb-ui', 20_080, '/')
    expect(page.status).toBe(200)
    expect(page.body).toContain('redis-server:6379')
  }, 30_000)
})
