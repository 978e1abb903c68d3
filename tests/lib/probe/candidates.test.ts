import { describe, expect, test } from 'vitest'
import { checkedCandidates, foundInTasks, reachOf } from '@/lib/probe/candidates'
import { disagreements } from '@/lib/probe/compare'
import { type Found, notFound } from '@/lib/probe/found'
import { makeRoundRobin } from '@/lib/probe/pick'
import { pathPresets, portsOf, waysOf } from '@/lib/probe/preset'
import { backend, facts, task } from './support/nodes'

const around = { targetIsLocal: true, ownListeners: [], ownAddresses: new Set<string>() }

const found = (addresses: readonly string[], more: Partial<Found> = {}): Found => ({
  addresses: addresses.map((address) => ({ address, port: null, health: null, instanceId: null })),
  failure: null,
  asked: 'A',
  remark: null,
  server: null,
  ttlSeconds: 60,
  ...more,
})

describe('what a call may reach', () => {
  test('is what ECS and Cloud Map returned for the service', () => {
    const discovered = found(['10.0.0.9', '::ffff:10.0.0.10'])
    const reach = reachOf(backend(), discovered, around)
    expect([...reach.instanceAddresses].sort()).toEqual([
      '10.0.0.10',
      '10.0.0.9',
      '127.10.0.11',
      '127.10.0.12',
    ])
  })

  test('is nothing that is no address', () => {
    const reach = reachOf(
      backend({ instances: [task(1, { address: 'localhost' })] }),
      found(['0x7f000001']),
      around,
    )
    expect([...reach.instanceAddresses]).toEqual([])
  })

  test('has the ports of containers, instances and registrations, without UDP', () => {
    const service = backend({
      ports: [
        { container: 'a', port: 8080, protocol: 'tcp', name: null },
        { container: 'a', port: 53, protocol: 'udp', name: null },
      ],
      instances: [task(11, { port: 9000 })],
    })
    const registered = {
      ...found([]),
      addresses: [{ address: '10.0.0.9', port: 9100, health: null, instanceId: null }],
    }
    expect([...reachOf(service, registered, around).ports].sort()).toEqual([8080, 9000, 9100])
  })
})

describe('candidates', () => {
  const reach = reachOf(backend(), null, around)

  test('take the port of their record, else of their instance, else the first of the service', () => {
    const service = backend({
      ports: [
        { container: 'a', port: 53, protocol: 'udp', name: null },
        { container: 'a', port: 8080, protocol: 'tcp', name: null },
      ],
      instances: [task(11, { port: 9000 }), task(12, { port: null })],
    })
    const list = checkedCandidates(
      {
        ...found(['127.10.0.11', '127.10.0.12']),
        addresses: [
          { address: '127.10.0.11', port: 7000, health: null, instanceId: null },
          { address: '127.10.0.11', port: null, health: null, instanceId: null },
          { address: '127.10.0.12', port: null, health: null, instanceId: null },
        ],
      },
      service,
      reachOf(service, null, around),
      null,
    )
    expect(list.map(({ port }) => port)).toEqual([7000, 9000, 8080])
  })

  test('take the port that was asked for before any other', () => {
    expect(checkedCandidates(found(['127.10.0.11']), backend(), reach, 9090)[0]).toMatchObject({
      port: 9090,
      refusal: 'port 9090 is not one that this service names',
    })
  })

  test('appear once, however they are spelt', () => {
    const list = checkedCandidates(
      found(['127.10.0.11', '::ffff:127.10.0.11', '127.10.0.11']),
      backend(),
      reach,
      null,
    )
    expect(list).toHaveLength(1)
  })

  test('know their instance', () => {
    expect(checkedCandidates(found(['127.10.0.12']), backend(), reach, null)[0]?.instanceId).toBe(task(12).id)
    expect(checkedCandidates(found(['127.10.0.99']), backend(), reach, null)[0]).toMatchObject({
      instanceId: null,
      refusal: 'neither ECS nor Cloud Map has an instance there for this service',
    })
  })

  test('cut nonsense from a registration short', () => {
    const [candidate] = checkedCandidates(found(['x'.repeat(5000)]), backend(), reach, null)
    expect(candidate?.address.length).toBeLessThanOrEqual(100)
    expect(candidate?.refusal).toContain('plain notation')
  })
})

describe('the addresses of tasks', () => {
  test('leave out tasks that are going, orphans and tasks without an address', () => {
    const service = backend({
      instances: [
        task(11),
        task(12, { state: 'starting' }),
        task(13, { state: 'stopping' }),
        task(14, { state: 'orphaned', taskId: null }),
        task(15, { address: null }),
      ],
    })
    expect(foundInTasks(service).addresses.map(({ address }) => address)).toEqual([
      '127.10.0.11',
      '127.10.0.12',
    ])
  })
})

describe('DNS and DiscoverInstances', () => {
  const nine = Array.from({ length: 9 }, (_, index) => `10.0.0.${index + 1}`)

  test.each<[string, readonly string[], readonly string[], string | null, number]>([
    [
      'agree on the same addresses in any order',
      ['10.0.0.1', '10.0.0.2'],
      ['10.0.0.2', '10.0.0.1'],
      'MULTIVALUE',
      0,
    ],
    ['agree on nothing', [], [], 'MULTIVALUE', 0],
    ['agree when DNS names eight of nine', nine, nine.slice(0, 8), 'MULTIVALUE', 0],
    ['agree when a weighted name gives one', ['10.0.0.1', '10.0.0.2'], ['10.0.0.2'], 'WEIGHTED', 0],
    ['disagree when DNS names one too many', ['10.0.0.1'], ['10.0.0.1', '10.0.0.2'], 'MULTIVALUE', 1],
    ['disagree when DNS lacks one', ['10.0.0.1', '10.0.0.2'], ['10.0.0.1'], 'MULTIVALUE', 1],
    ['disagree when a weighted name gives none', ['10.0.0.1'], [], 'WEIGHTED', 1],
    ['disagree twice when each has its own', ['10.0.0.1'], ['10.0.0.2'], null, 1],
  ])('%s', (_name, byApi, byDns, routingPolicy, least) => {
    const said = disagreements(found(byApi), found(byDns), { ...facts, routingPolicy })
    if (least === 0) expect(said).toEqual([])
    else expect(said.length).toBeGreaterThanOrEqual(least)
  })

  test('compare addresses, not spellings', () => {
    expect(disagreements(found(['10.0.0.1']), found(['::ffff:10.0.0.1']), facts)).toEqual([])
  })

  test('say how long a stale address may live on in clients', () => {
    const [said] = disagreements(
      found(['10.0.0.1']),
      found(['10.0.0.1', '10.0.0.2'], { ttlSeconds: 60 }),
      facts,
    )
    expect(said).toBe(
      'DNS still names 10.0.0.2, which DiscoverInstances does not return (clients may keep it for 60 s).',
    )
  })

  test('name three addresses and count the rest', () => {
    const [said] = disagreements(found([]), found(nine.slice(0, 5)), facts)
    expect(said).toContain('10.0.0.1, 10.0.0.2, 10.0.0.3 and 2 more')
  })

  test('tell when only one of them answers', () => {
    const failed = notFound('A', { code: 'ENOTFOUND', message: '' })
    expect(disagreements(found(['10.0.0.1']), failed, facts)).toEqual([
      'DiscoverInstances answers although DNS does not.',
    ])
    expect(disagreements(failed, found(['10.0.0.1']), facts)).toEqual([
      'DNS answers although DiscoverInstances does not.',
    ])
    expect(disagreements(failed, failed, facts)).toEqual([])
    expect(disagreements(found([]), failed, facts)).toEqual([])
  })
})

describe('picking', () => {
  test('goes round from a random start', () => {
    const pick = makeRoundRobin(() => 0.5)
    expect(Array.from({ length: 7 }, () => pick(3))).toEqual([1, 2, 0, 1, 2, 0, 1])
  })

  test('stays in range when the list shrinks or grows', () => {
    const pick = makeRoundRobin(() => 0.99)
    for (const count of [5, 1, 3, 2, 8, 1]) expect(pick(count)).toBeLessThan(count)
  })
})

describe('what the drawer offers', () => {
  const withImage = (image: string) => backend({ images: [{ container: 'a', image, standIn: false }] })

  test.each([
    ['backend-api', '/api/data'],
    ['backend-api:latest', '/api/data'],
    ['registry.example/kecs-example-backend:v1', '/api/data'],
    ['frontend-web', '/'],
    ['nginx:latest', '/'],
  ])('for image %s first %s', (image, path) => {
    expect(pathPresets(withImage(image))[0]).toBe(path)
  })

  test('is every way that the service really has', () => {
    expect(waysOf(backend())).toEqual(['dns', 'discover', 'tasks'])
    expect(waysOf(backend({ discovery: { ...facts, dnsName: null } }))).toEqual(['discover', 'tasks'])
    expect(waysOf(backend({ discovery: null }))).toEqual(['tasks'])
    expect(waysOf(backend({ discovery: null, instances: [] }))).toEqual([])
  })

  test('is every TCP port once', () => {
    expect(portsOf(backend())).toEqual([8080])
    expect(portsOf(backend({ instances: [task(1, { port: 9000 }), task(2, { port: null })] }))).toEqual([
      8080, 9000,
    ])
  })
})
