import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { connect, createServer, type Socket } from 'node:net'
import { decode, encode, streamDecode, streamEncode } from 'dns-packet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsServer, startDnsServer } from '@/lib/emulator/dns/server'
import { buildZoneSource } from '@/lib/emulator/dns/zones'
import { makeRegions } from '@/lib/emulator/state/region'
import { makeInstance, makeNamespace, makeService } from '../support/cloud-map-records'
import { ask } from '../support/dns-zones'

const here = { accountId: '000000000000', region: 'us-east-1' }
const there = { accountId: '000000000000', region: 'eu-west-1' }
const taskAddress = '127.251.0.11'

const regions = makeRegions()
const { cloudMap } = regions.of(here)
const instancesOf = (count: number) =>
  new Map(
    Array.from({ length: count }, (_, index) => {
      const id = index.toString(16).padStart(32, '0')
      const attributes = { AWS_INSTANCE_IPV4: `127.10.0.${index + 11}`, AWS_INSTANCE_PORT: '8080' }
      return [id, makeInstance({ id, attributes })]
    }),
  )

let dns: DnsServer
let resolver: Resolver
beforeAll(async () => {
  cloudMap.namespaces.set('ns-1', makeNamespace())
  for (const [name, count, type] of [
    ['api', 2, 'A'],
    ['many', 20, 'A'],
    ['ports', 20, 'SRV'],
  ] as const) {
    const dnsRecords = [{ Type: type, TTL: 42 }]
    cloudMap.services.set(name, makeService({ id: name, name, dnsRecords, instances: instancesOf(count) }))
  }
  regions.of(there).cloudMap.namespaces.set('ns-1', makeNamespace())
  const instances = new Map([['x', makeInstance({ attributes: { AWS_INSTANCE_IPV4: '127.10.9.9' } })]])
  regions.of(there).cloudMap.services.set('api', makeService({ id: 'api', instances }))
  dns = await startDnsServer({
    host: '127.0.0.1',
    port: 0,
    zones: buildZoneSource(regions, {
      defaultScope: here,
      scopeOf: (address) => (address === taskAddress ? there : undefined),
    }),
    random: Math.random,
  })
  resolver = new Resolver({ timeout: 2000, tries: 2 })
  resolver.setServers([`127.0.0.1:${dns.port}`])
})
afterAll(() => dns.stop())

const openTcp = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(dns.port, '127.0.0.1', () => resolve(socket))
    socket.once('error', reject)
  })

const question = (id: number, name = 'api.production.local') => ({
  type: 'query' as const,
  id,
  questions: [ask(name)],
})

/** Sends bytes by UDP, then a good query, and gives what comes back first. */
function firstReplyAfter(bytes: Buffer): Promise<Buffer> {
  const socket = createSocket('udp4')
  return new Promise((resolve) => {
    socket.once('message', (message) => {
      socket.close()
      resolve(message)
    })
    socket.send(bytes, dns.port, '127.0.0.1')
    socket.send(encode(question(4242)), dns.port, '127.0.0.1')
  })
}

describe('a resolver', () => {
  it('gets the addresses of a service with their TTL', async () => {
    const answers = await resolver.resolve4('api.production.local', { ttl: true })
    expect(answers.sort((a, b) => a.address.localeCompare(b.address))).toEqual([
      { address: '127.10.0.11', ttl: 42 },
      { address: '127.10.0.12', ttl: 42 },
    ])
  })

  it('gets eight of twenty', async () => {
    expect(new Set(await resolver.resolve4('many.production.local')).size).toBe(8)
  })

  it('gets eight SRV records, which UDP without EDNS cannot carry, and the address of each target', async () => {
    const targets = await resolver.resolveSrv('ports.production.local')
    expect(targets).toHaveLength(8)
    const [first] = targets
    expect(first).toMatchObject({ priority: 1, weight: 1, port: 8080 })
    expect(await resolver.resolve4(first?.name ?? '')).toHaveLength(1)
  })

  it('is told that there is no such name, no such record, and that others are not asked', async () => {
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => 'answered',
        (error) => error.code,
      )
    expect(await code(resolver.resolve4('nobody.production.local'))).toBe('ENOTFOUND')
    expect(await code(resolver.resolve6('api.production.local'))).toBe('ENODATA')
    expect(await code(resolver.resolve4('example.com'))).toBe('EREFUSED')
  })

  it('gets the SOA of the zone', async () => {
    expect(await resolver.resolveSoa('production.local')).toMatchObject({
      minttl: 15,
      nsname: 'ns.production.local',
    })
  })

  it('gets the names of its own region when it asks from the address of a task', async () => {
    const task = new Resolver({ timeout: 2000, tries: 2 })
    task.setServers([`127.0.0.1:${dns.port}`])
    task.setLocalAddress(taskAddress)
    expect(await task.resolve4('api.production.local')).toEqual(['127.10.9.9'])
  })
})

describe('by TCP', () => {
  it('several queries on one connection, one of them in two pieces, are all answered', async () => {
    const socket = await openTcp()
    const bytes = Buffer.concat([1, 2, 3].map((id) => streamEncode(question(id))))
    const ids: number[] = []
    let pending = Buffer.alloc(0)
    const all = new Promise<void>((resolve) =>
      socket.on('data', (chunk) => {
        pending = Buffer.concat([pending, chunk])
        while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
          const end = 2 + pending.readUInt16BE(0)
          ids.push(streamDecode(pending.subarray(0, end)).id ?? 0)
          pending = pending.subarray(end)
        }
        if (ids.length === 3) resolve()
      }),
    )
    socket.setNoDelay(true)
    socket.write(bytes.subarray(0, 50), () => socket.write(bytes.subarray(50)))
    await all
    socket.destroy()
    expect(ids).toEqual([1, 2, 3])
  })

  it('a connection that sends an answer instead of a query is closed', async () => {
    const socket = await openTcp()
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(streamEncode({ type: 'response', id: 1, questions: [ask('api.production.local')] }))
    await closed
    expect(socket.destroyed).toBe(true)
  })

  it('a connection that is reset in the middle of a query hurts nobody', async () => {
    const socket = await openTcp()
    socket.write(Buffer.from([0xff, 0xff, 0x00]), () => socket.resetAndDestroy())
    await new Promise((resolve) => socket.once('close', resolve))
    expect(await resolver.resolve4('api.production.local')).toHaveLength(2)
  })
})

describe('by UDP', () => {
  it('rubbish gets no answer, and the next query gets its own', async () => {
    const reply = decode(await firstReplyAfter(Buffer.from('rubbish')))
    expect(reply.id).toBe(4242)
    expect(reply.answers).toHaveLength(2)
  })

  it('an answer instead of a query gets no answer', async () => {
    const forged = encode({ type: 'response', id: 7, questions: [ask('api.production.local')] })
    expect(decode(await firstReplyAfter(forged)).id).toBe(4242)
  })
})

describe('the port', () => {
  it('is the same for UDP and TCP, and two servers do not get the same', async () => {
    const other = await startDnsServer({
      host: '127.0.0.1',
      port: 0,
      zones: () => ({ zonesOf: () => [] }),
      random: () => 0,
    })
    expect(other.port).not.toBe(dns.port)
    await other.stop()
  })

  it('that is taken is told as such', async () => {
    const start = () =>
      startDnsServer({
        host: '127.0.0.1',
        port: dns.port,
        zones: () => ({ zonesOf: () => [] }),
        random: () => 0,
      })
    await expect(start()).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('that only UDP has taken is told as such, and its TCP side is let go', async () => {
    const udp = createSocket('udp4')
    const port = await new Promise<number>((resolve) =>
      udp.bind(0, '127.0.0.1', () => resolve(udp.address().port)),
    )
    const start = () =>
      startDnsServer({ host: '127.0.0.1', port, zones: () => ({ zonesOf: () => [] }), random: () => 0 })
    await expect(start()).rejects.toMatchObject({ code: 'EADDRINUSE' })
    const server = createServer()
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(port, '127.0.0.1', resolve),
    )
    server.close()
    udp.close()
  })

  it('is free again after a stop, even with connections open', async () => {
    const server = await startDnsServer({
      host: '127.0.0.1',
      port: 0,
      zones: () => ({ zonesOf: () => [] }),
      random: () => 0,
    })
    const socket = connect(server.port, '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.on('error', () => socket.destroy())
    await server.stop()
    const again = await startDnsServer({
      host: '127.0.0.1',
      port: server.port,
      zones: () => ({ zonesOf: () => [] }),
      random: () => 0,
    })
    expect(again.port).toBe(server.port)
    await again.stop()
  })
})
