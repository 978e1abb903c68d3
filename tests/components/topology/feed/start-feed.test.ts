import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import type { FeedState } from '@/components/topology/feed/feed-state'
import {
  type FeedWorld,
  feedKey,
  type Stream,
  startFeed,
  topologyKey,
} from '@/components/topology/feed/start-feed'
import { advance } from '@/lib/topology/diff'
import type { Topology } from '@/lib/topology/model'
import { makeService, makeSmallTopology, makeTopology } from '../../../support/topology-fixtures'

class FakeStream extends EventTarget implements Stream {
  readyState = 0
  closed = false
  close() {
    this.readyState = 2
    this.closed = true
  }
  open() {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  say(name: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }))
  }
  cut(final: boolean) {
    this.readyState = final ? 2 : 0
    this.dispatchEvent(new Event('error'))
  }
}

function setUp(askWhy: FeedWorld['askWhy'] = async () => null) {
  const streams: FakeStream[] = []
  const waiting: { run: () => void; delayMs: number }[] = []
  const client = new QueryClient()
  const stop = startFeed(client, {
    connect: () => {
      const stream = new FakeStream()
      streams.push(stream)
      return stream
    },
    askWhy,
    nowMs: () => 1000,
    later: (run, delayMs) => {
      const entry = { run, delayMs }
      waiting.push(entry)
      return () => {
        const at = waiting.indexOf(entry)
        if (at >= 0) waiting.splice(at, 1)
      }
    },
  })
  return {
    client,
    stop,
    streams,
    waiting,
    stream: () => {
      const last = streams.at(-1)
      if (!last) throw new Error('nobody connected')
      return last
    },
    runLater: () => waiting.splice(0).forEach(({ run }) => void run()),
    map: () => client.getQueryData<Topology>(topologyKey),
    feed: () => client.getQueryData<FeedState>(feedKey),
  }
}

const first = makeSmallTopology()
const second: Topology = {
  ...makeTopology({ ...first, services: [...first.services, makeService('third')] }),
  version: 2,
  readAtMs: first.readAtMs + 1000,
}

function patchTo(next: Topology) {
  const { patch } = advance(first, next)
  if (!patch) throw new Error('nothing differs')
  return patch
}

describe('the feed', () => {
  it('takes a snapshot as the map', () => {
    const { stream, map, feed } = setUp()
    stream().open()
    stream().say('snapshot', first)
    expect(map()).toEqual(first)
    expect(feed()).toMatchObject({ connection: 'open', readAtMs: first.readAtMs })
  })
  it('applies a patch and keeps what it does not name', () => {
    const { stream, map } = setUp()
    stream().say('snapshot', first)
    const kept = map()?.services[0]
    stream().say('patch', patchTo(second))
    expect(map()?.version).toBe(2)
    expect(map()?.services.map((service) => service.name)).toContain('third')
    expect(map()?.services.find((service) => service.id === kept?.id)).toBe(kept)
  })
  it('asks for a snapshot when a patch does not fit', () => {
    const { stream, streams, map, runLater } = setUp()
    stream().say('snapshot', { ...first, version: 7 })
    stream().say('patch', patchTo(second))
    expect(streams[0]?.closed).toBe(true)
    runLater()
    expect(streams).toHaveLength(2)
    stream().say('snapshot', second)
    expect(map()?.version).toBe(2)
  })
  it('asks for a snapshot when a patch comes first', () => {
    const { stream, streams, runLater } = setUp()
    stream().say('patch', patchTo(second))
    runLater()
    expect(streams).toHaveLength(2)
  })
  it('keeps unchanged cards when a resumed stream sends everything again', () => {
    const { stream, map } = setUp()
    stream().say('snapshot', first)
    const before = map()
    stream().say('snapshot', { ...structuredClone(first), version: 3 })
    expect(map()?.version).toBe(3)
    expect(map()?.services).toBe(before?.services)
  })
  it('leaves a short cut to the browser, which resumes by itself', () => {
    const { stream, streams, feed, waiting } = setUp()
    stream().open()
    stream().cut(false)
    expect(feed()?.connection).toBe('broken')
    expect(waiting).toEqual([])
    stream().open()
    expect(feed()?.connection).toBe('open')
    expect(streams).toHaveLength(1)
  })
  it('tries a refused stream again, with longer and longer pauses up to a limit', () => {
    const { stream, waiting, runLater } = setUp()
    const pauses: number[] = []
    for (let i = 0; i < 7; i++) {
      stream().cut(true)
      pauses.push(waiting.at(-1)?.delayMs ?? -1)
      runLater()
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
  })
  it('starts with short pauses again once a stream stood', () => {
    const { stream, waiting, runLater } = setUp()
    stream().cut(true)
    runLater()
    stream().open()
    stream().cut(true)
    expect(waiting.at(-1)?.delayMs).toBe(1000)
  })
  it('asks the console why it refused', async () => {
    const { stream, feed } = setUp(async () => 'Open the printed address.')
    stream().cut(true)
    await vi.waitFor(() => expect(feed()?.refusal).toBe('Open the printed address.'))
  })
  it('keeps the map while the stream is broken', () => {
    const { stream, map } = setUp()
    stream().say('snapshot', first)
    stream().cut(true)
    expect(map()).toEqual(first)
  })
  it('listens no more once it is stopped', () => {
    const { stream, stop, map, runLater, streams } = setUp()
    const old = stream()
    stop()
    old.say('snapshot', first)
    old.cut(true)
    runLater()
    expect(map()).toBeUndefined()
    expect(old.closed).toBe(true)
    expect(streams).toHaveLength(1)
  })
  it('does not listen to a stream that it has replaced', () => {
    const { stream, streams, runLater, map } = setUp()
    stream().say('patch', patchTo(second))
    runLater()
    streams[0]?.say('snapshot', first)
    expect(map()).toBeUndefined()
  })
})
