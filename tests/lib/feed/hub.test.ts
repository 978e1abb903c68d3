import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeStreamClient } from '@/lib/feed/client'
import { type Hub, startHub } from '@/lib/feed/hub'
import { makeRing } from '@/lib/feed/ring'
import { encodeEvent, eventIdFrom, makeEventId } from '@/lib/feed/sse'
import { applyPatch } from '@/lib/topology/apply-patch'
import { buildTopology } from '@/lib/topology/build'
import { advance } from '@/lib/topology/diff'
import type { Topology, TopologyPatch } from '@/lib/topology/model'
import { exampleInventory, NOW, service } from '../../support/inventory'
import { localTarget } from '../../support/topology-fixtures'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

type Event = { readonly id: string | null; readonly event: string; readonly data: unknown }

/** The events of a piece of stream, as a browser reads them. */
function eventsIn(stream: string): Event[] {
  return stream.split('\n\n').flatMap((block) => {
    const fields = new Map(
      block.split('\n').map((line) => {
        const colon = line.indexOf(': ')
        return [line.slice(0, colon), line.slice(colon + 2)] as const
      }),
    )
    const data = fields.get('data')
    const event = fields.get('event')
    return data !== undefined && event
      ? [{ id: fields.get('id') ?? null, event, data: JSON.parse(data) }]
      : []
  })
}

/** Reads what is there now, without waiting for more. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  let all = ''
  for (;;) {
    const nothing = new Promise<null>((resolve) => setImmediate(() => resolve(null)))
    const next = pending.get(reader) ?? reader.read()
    pending.set(reader, next)
    const one = await Promise.race([next, nothing])
    if (one === null) return all
    pending.delete(reader)
    if (one.done) return all
    all += text(one.value)
  }
}
const pending = new WeakMap<object, Promise<ReadableStreamReadResult<Uint8Array>>>()

/** A map whose version is its number, with one card that changes with every version. */
function mapAt(version: number): { topology: Topology; patch: TopologyPatch } {
  const at = (number: number): Topology => ({
    ...buildTopology({
      ...exampleInventory(),
      services: [service('changing', { desired: number, running: number })],
      readAtMs: NOW + number,
    }),
    version: number,
  })
  const { topology, patch } = advance(at(version - 1), at(version))
  if (!patch) throw new Error('nothing changed')
  return { topology, patch }
}

function scene(queueLimit?: number) {
  let beat: (() => void) | null = null
  const hub = startHub({
    boot: 'boot1',
    status: () => ({ readAtMs: NOW, intervalMs: 1_000, failure: null, target: localTarget }),
    every(_ms, work) {
      beat = work
      return () => {
        beat = null
      }
    },
    ...(queueLimit === undefined ? {} : { queueLimit }),
  })
  return { hub, beat: () => beat?.() }
}

function publish(hub: Hub, from: number, to: number) {
  for (let version = from; version <= to; version++) {
    const { topology, patch } = mapAt(version)
    hub.publish(topology, version === 1 ? null : patch)
  }
}

/** What a browser makes of a stream. */
function apply(events: readonly Event[], before: Topology | null = null): Topology | null {
  let map = before
  for (const { event, data } of events) {
    if (event === 'snapshot') map = data as Topology
    if (event === 'patch') {
      if (!map) throw new Error('a patch before any map')
      map = applyPatch(map, data as TopologyPatch)
      if (!map) throw new Error('a patch of another version')
    }
  }
  return map
}

describe('a browser that connects', () => {
  it('gets the map, then the status, then patches', async () => {
    const { hub } = scene()
    publish(hub, 1, 2)
    const reader = hub.connect(null, () => undefined).getReader()
    const first = await drain(reader)
    expect(first.startsWith('retry: 1000\n\n')).toBe(true)
    expect(eventsIn(first).map(({ id, event }) => [id, event])).toEqual([
      ['boot1-2', 'snapshot'],
      [null, 'status'],
    ])
    publish(hub, 3, 4)
    expect(eventsIn(await drain(reader)).map(({ id, event }) => [id, event])).toEqual([
      ['boot1-3', 'patch'],
      ['boot1-4', 'patch'],
    ])
  })

  it('gets the first map when it is there', async () => {
    const { hub } = scene()
    const reader = hub.connect(null, () => undefined).getReader()
    expect(eventsIn(await drain(reader)).map((one) => one.event)).toEqual(['status'])
    publish(hub, 1, 1)
    expect(eventsIn(await drain(reader)).map((one) => one.event)).toEqual(['snapshot'])
  })

  it('is told to the owner when it leaves, once', async () => {
    const { hub } = scene()
    let left = 0
    const reader = hub
      .connect(null, () => {
        left += 1
      })
      .getReader()
    expect(hub.clients()).toBe(1)
    await reader.cancel()
    expect([hub.clients(), left]).toEqual([0, 1])
    hub.stop()
    expect(left).toBe(1)
  })
})

describe('a browser that was cut off', () => {
  it('gets what it missed and nothing else', async () => {
    const { hub } = scene()
    publish(hub, 1, 6)
    const reader = hub.connect('boot1-3', () => undefined).getReader()
    expect(eventsIn(await drain(reader)).map((one) => one.id ?? one.event)).toEqual([
      'boot1-4',
      'boot1-5',
      'boot1-6',
      'status',
    ])
  })

  it('gets nothing but the status when it missed nothing', async () => {
    const { hub } = scene()
    publish(hub, 1, 3)
    const reader = hub.connect('boot1-3', () => undefined).getReader()
    expect(eventsIn(await drain(reader)).map((one) => one.event)).toEqual(['status'])
  })

  it.each([
    'boot0-3',
    'boot1-99',
    'boot1-0',
    'nonsense',
    '',
    'boot1--1',
    'boot1-3; DROP',
    `boot1-${'9'.repeat(40)}`,
  ])('gets the whole map when its place %j is not known here', async (lastEventId) => {
    const { hub } = scene()
    publish(hub, 1, 3)
    const reader = hub.connect(lastEventId, () => undefined).getReader()
    expect(eventsIn(await drain(reader)).map((one) => one.event)).toEqual(['snapshot', 'status'])
  })

  it('gets the whole map when it was away too long', async () => {
    const { hub } = scene()
    publish(hub, 1, 300)
    const reader = hub.connect('boot1-10', () => undefined).getReader()
    const events = eventsIn(await drain(reader))
    expect(events.map((one) => one.event)).toEqual(['snapshot', 'status'])
    expect(events[0]?.id).toBe('boot1-300')
  })

  it('has the same map as the server afterwards, wherever it was cut', async () => {
    const { hub } = scene()
    publish(hub, 1, 1)
    const watching = hub.connect(null, () => undefined).getReader()
    publish(hub, 2, 40)
    const whole = eventsIn(await drain(watching)).filter((one) => one.event !== 'status')
    const newest = mapAt(40).topology
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: whole.length }), async (cut) => {
        const before = whole.slice(0, cut)
        const reader = hub.connect(before.at(-1)?.id ?? null, () => undefined).getReader()
        const after = eventsIn(await drain(reader))
        await reader.cancel()
        expect(apply(after, apply(before))).toEqual(newest)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a browser that does not read', () => {
  it('holds at most its queue, and gets the whole map when it reads again', async () => {
    const { hub } = scene(10)
    publish(hub, 1, 1)
    const reader = hub.connect(null, () => undefined).getReader()
    publish(hub, 2, 200)
    const events = eventsIn(await drain(reader))
    expect(events.length).toBeLessThan(25)
    expect(apply(events)).toEqual(mapAt(200).topology)
  })

  it('goes on with patches after it has caught up', async () => {
    const { hub } = scene(4)
    publish(hub, 1, 1)
    const reader = hub.connect(null, () => undefined).getReader()
    publish(hub, 2, 100)
    const caughtUp = apply(eventsIn(await drain(reader)))
    publish(hub, 101, 103)
    expect(apply(eventsIn(await drain(reader)), caughtUp)).toEqual(mapAt(103).topology)
  })

  it('does not slow the others', async () => {
    const { hub } = scene(10)
    publish(hub, 1, 1)
    hub.connect(null, () => undefined)
    const reader = hub.connect(null, () => undefined).getReader()
    let map = apply(eventsIn(await drain(reader)))
    for (let version = 2; version <= 50; version++) {
      publish(hub, version, version)
      map = apply(eventsIn(await drain(reader)), map)
    }
    expect(map).toEqual(mapAt(50).topology)
  })

  it('is not sent heartbeats it would not read', async () => {
    const { hub, beat } = scene()
    publish(hub, 1, 1)
    const reader = hub.connect(null, () => undefined).getReader()
    for (let count = 0; count < 100; count++) beat()
    const all = await drain(reader)
    expect(all.split(': heartbeat').length - 1).toBeLessThan(10)
    beat()
    expect(await drain(reader)).toContain(': heartbeat\n\nevent: status\n')
  })
})

describe('the stream of one browser', () => {
  it('says nothing after it was closed', async () => {
    const client = makeStreamClient({ queueLimit: 2, catchUp: () => null, onClose: () => undefined })
    const reader = client.stream.getReader()
    client.send(encodeEvent('a', 1))
    client.close()
    client.close()
    client.send(encodeEvent('b', 2))
    expect(text((await reader.read()).value ?? new Uint8Array())).toContain('event: a')
    expect((await reader.read()).done).toBe(true)
  })
})

describe('the memory of past events', () => {
  it('is bounded by number and by bytes', () => {
    const ring = makeRing(0, { items: 3, bytes: 100 })
    for (let version = 1; version <= 5; version++) ring.add({ version, bytes: new Uint8Array(10) })
    expect(ring.after(1)).toBeNull()
    expect(ring.after(2)?.map((item) => item.version)).toEqual([3, 4, 5])
    ring.add({ version: 6, bytes: new Uint8Array(95) })
    expect(ring.after(4)).toBeNull()
    expect(ring.after(5)?.map((item) => item.version)).toEqual([6])
  })

  it('is empty, but knows where it is, at the start', () => {
    expect(makeRing(7, { items: 3, bytes: 100 }).after(7)).toEqual([])
    expect(makeRing(7, { items: 3, bytes: 100 }).after(6)).toBeNull()
  })
})

describe('an event on the wire', () => {
  it('is one event whatever its data holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const events = eventsIn(text(encodeEvent('snapshot', data, 'boot-1')))
        expect(events).toEqual([{ id: 'boot-1', event: 'snapshot', data: JSON.parse(JSON.stringify(data)) }])
      }),
    )
  })

  it('has an id that reads back', () => {
    expect(eventIdFrom(makeEventId({ boot: 'abc123', version: 42 }))).toEqual({ boot: 'abc123', version: 42 })
    expect(eventIdFrom(null)).toBeNull()
  })
})
