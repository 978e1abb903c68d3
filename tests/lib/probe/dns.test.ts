import type { Answer, Question } from 'dns-packet'
import { afterEach, describe, expect, test } from 'vitest'
import { resolveByDns } from '@/lib/probe/dns'
import { makeDnsServerSource } from '@/lib/probe/dns-server'
import { type Reply, startDnsServer } from './support/dns-server'

const running: { stop(): Promise<void> }[] = []
const serve = async (reply: (question: Question) => Reply | null) => {
  const server = await startDnsServer(reply)
  running.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
})

const name = 'backend-api.production.local'
const signal = () => new AbortController().signal
const a = (data: string, owner = name, ttl = 60): Answer => ({ type: 'A', name: owner, ttl, data })
const nothing: Reply = { answers: [] }

describe('a name in DNS', () => {
  test('gives its A records with the time they may be kept', async () => {
    const { server, questions } = await serve(({ type }) =>
      type === 'A' ? { answers: [a('127.10.0.11'), a('127.10.0.12')] } : nothing,
    )
    const found = await resolveByDns(name, server, signal())
    expect(found).toMatchObject({ failure: null, asked: 'A', server, ttlSeconds: 60 })
    expect(found.addresses.map(({ address, port }) => [address, port]).sort()).toEqual([
      ['127.10.0.11', null],
      ['127.10.0.12', null],
    ])
    expect(questions).toEqual([`SRV ${name}`, `A ${name}`])
  })

  test('gives ports when it has SRV records', async () => {
    const { server } = await serve(({ type, name: asked }) => {
      if (type === 'SRV')
        return {
          answers: [
            {
              type: 'SRV',
              name,
              ttl: 60,
              data: { priority: 1, weight: 1, port: 8080, target: `t1.${name}` },
            },
            {
              type: 'SRV',
              name,
              ttl: 60,
              data: { priority: 1, weight: 1, port: 8081, target: `t2.${name}` },
            },
          ],
        }
      return {
        answers: [
          a(asked.startsWith('t1') ? '127.10.0.11' : '127.10.0.12', asked, asked.startsWith('t1') ? 60 : 10),
        ],
      }
    })
    const found = await resolveByDns(name, server, signal())
    expect(found).toMatchObject({ asked: 'SRV, then A', ttlSeconds: 10 })
    expect(found.addresses.map(({ address, port }) => `${address}:${port}`).sort()).toEqual([
      '127.10.0.11:8080',
      '127.10.0.12:8081',
    ])
  })

  test('gives IPv6 when there is no IPv4', async () => {
    const { server } = await serve(({ type }) =>
      type === 'AAAA' ? { answers: [{ type: 'AAAA', name, ttl: 30, data: 'fd12::7' }] } : nothing,
    )
    expect(await resolveByDns(name, server, signal())).toMatchObject({
      asked: 'AAAA',
      addresses: [{ address: 'fd12::7' }],
    })
  })

  test('is asked for anew every time: nothing of ours keeps an answer', async () => {
    let asked = 0
    const { server } = await serve(({ type }) => {
      if (type !== 'A') return nothing
      asked += 1
      return { answers: [a(asked === 1 ? '203.0.113.9' : '169.254.169.254', name, 3600)] }
    })
    expect((await resolveByDns(name, server, signal())).addresses[0]?.address).toBe('203.0.113.9')
    expect((await resolveByDns(name, server, signal())).addresses[0]?.address).toBe('169.254.169.254')
  })

  test.each<[string, Reply, string]>([
    ['that does not exist', { rcode: 'NXDOMAIN' }, 'ENOTFOUND'],
    ['without records', nothing, 'ENODATA'],
    ['that the server fails on', { rcode: 'SERVFAIL' }, 'ESERVFAIL'],
    ['that the server refuses', { rcode: 'REFUSED' }, 'EREFUSED'],
  ])('%s is told with %j as %s and a sentence', async (_name, reply, code) => {
    const { server } = await serve(() => reply)
    const found = await resolveByDns(name, server, signal())
    expect(found).toMatchObject({ addresses: [], failure: { code }, server })
    expect(found.failure?.message).toMatch(/^[A-Z].*\.$/)
  })

  test('can be given up while the server is silent', async () => {
    const controller = new AbortController()
    const reason = new Error('stopped')
    const { server } = await serve(() => {
      controller.abort(reason)
      return null
    })
    await expect(resolveByDns(name, server, controller.signal)).rejects.toBe(reason)
  })

  test('is not asked for when it was given up before', async () => {
    const { server, questions } = await serve(() => nothing)
    await expect(resolveByDns(name, server, AbortSignal.abort(new Error('stopped')))).rejects.toThrow(
      'stopped',
    )
    expect(questions).toEqual([])
  })

  test('with a thousand SRV targets costs at most 32 more questions', async () => {
    const { server, questions } = await serve(({ type, name: asked }) =>
      type === 'SRV'
        ? {
            answers: Array.from({ length: 60 }, (_, n) => ({
              type: 'SRV' as const,
              name,
              ttl: 60,
              data: { priority: 1, weight: 1, port: 80, target: `t${n}.x` },
            })),
          }
        : { answers: [a('127.10.0.11', asked)] },
    )
    await resolveByDns(name, server, signal())
    expect(questions.filter((question) => question.startsWith('A ')).length).toBeLessThanOrEqual(32)
  })
})

describe('the local cloud’s DNS server', () => {
  const health = (host: string, port = 8053) => ({ dns: { host, port }, lowestPort: 0 })

  test('is asked for once and remembered for a while', async () => {
    let now = 0
    let asked = 0
    const source = makeDnsServerSource(
      () => now,
      async () => {
        asked += 1
        return health('127.0.0.1')
      },
    )
    expect(await source.read('http://127.0.0.1:4680')).toBe('127.0.0.1:8053')
    await source.read('http://127.0.0.1:4680')
    expect(asked).toBe(1)
    await source.read('http://127.0.0.1:4681')
    expect(asked).toBe(2)
    now = 10_001
    await source.read('http://127.0.0.1:4680')
    expect(asked).toBe(3)
  })

  test('is asked for again after a failure', async () => {
    let asked = 0
    const source = makeDnsServerSource(
      () => 0,
      async () => {
        asked += 1
        if (asked === 1) throw new Error('not up yet')
        return health('127.0.0.1')
      },
    )
    await expect(source.read('http://127.0.0.1:4680')).rejects.toThrow('not up yet')
    expect(await source.read('http://127.0.0.1:4680')).toBe('127.0.0.1:8053')
  })

  test('tells with the same question which ports tasks really have', async () => {
    let asked = 0
    const source = makeDnsServerSource(
      () => 0,
      async () => {
        asked += 1
        return { ...health('127.0.0.1'), lowestPort: 1024 }
      },
    )
    await source.read('http://127.0.0.1:4680')
    expect(await source.readLowestPort('http://127.0.0.1:4680')).toBe(1024)
    expect(asked).toBe(1)
  })

  test('may listen on IPv6', async () => {
    expect(
      await makeDnsServerSource(
        () => 0,
        async () => health('::1'),
      ).read('http://[::1]:4680'),
    ).toBe('[::1]:8053')
  })

  test.each(['169.254.169.253', '8.8.8.8', '0.0.0.0', 'localhost', 'fd00:ec2::253'])(
    'is not believed when it is %s',
    async (host) => {
      await expect(
        makeDnsServerSource(
          () => 0,
          async () => health(host),
        ).read('http://127.0.0.1:4680'),
      ).rejects.toThrow('not on this machine')
    },
  )
})
