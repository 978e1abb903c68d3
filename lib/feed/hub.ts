import type { FeedStatus, Topology, TopologyPatch } from '@/lib/topology/model'
import { makeStreamClient, type StreamClient } from './client'
import { makeRing, type Ring } from './ring'
import { encodeEvent, eventIdFrom, heartbeat, makeEventId, retryIn } from './sse'

/** Spreads the map to any number of browsers: snapshot first, then patches; a short absence is replayed. */
export type Hub = {
  /** The map as it is now, and what changed; null patch: the first map, everybody gets it whole. */
  publish(topology: Topology, patch: TopologyPatch | null): void
  /** The map was read again and is the same. */
  touch(topology: Topology): void
  tellStatus(status: FeedStatus): void
  /** A stream of server-sent events for one browser. `lastEventId`: where it was when it was cut. */
  connect(lastEventId: string | null, onClose: () => void): ReadableStream<Uint8Array>
  clients(): number
  stop(): void
}

export type HubOptions = {
  /** New with every start, so that ids of an earlier run are not taken for ours. */
  readonly boot: string
  readonly status: () => FeedStatus
  readonly every: (ms: number, work: () => void) => () => void
  readonly queueLimit?: number
}

const RING = { items: 256, bytes: 8 * 1024 * 1024 }
const QUEUE_LIMIT = 256
const HEARTBEAT_MS = 15_000
const COME_BACK_MS = 1_000

export function startHub(options: HubOptions): Hub {
  const { boot } = options
  const clients = new Set<StreamClient>()
  let topology: Topology | null = null
  let ring: Ring = makeRing(0, RING)
  let snapshot: { readonly of: Topology; readonly bytes: Uint8Array } | null = null

  /** Encoded once per map, whatever number of browsers come at once. */
  function snapshotBytes(): Uint8Array | null {
    if (!topology) return null
    if (snapshot?.of !== topology) {
      const id = makeEventId({ boot, version: topology.version })
      snapshot = { of: topology, bytes: encodeEvent('snapshot', topology, id) }
    }
    return snapshot.bytes
  }

  const statusBytes = () => encodeEvent('status', options.status())

  const stopHeartbeat = options.every(HEARTBEAT_MS, () => {
    if (clients.size === 0) return
    const status = statusBytes()
    for (const client of clients) {
      client.sendIfIdle(heartbeat)
      client.sendIfIdle(status)
    }
  })

  function greet(client: StreamClient, lastEventId: string | null) {
    client.send(retryIn(COME_BACK_MS))
    const seen = eventIdFrom(lastEventId)
    const missed = seen && topology && seen.boot === boot ? ring.after(seen.version) : null
    if (missed) for (const { bytes } of missed) client.send(bytes)
    else {
      const bytes = snapshotBytes()
      if (bytes) client.send(bytes)
    }
    client.send(statusBytes())
  }

  return {
    publish(next, patch) {
      topology = next
      if (!patch) {
        ring = makeRing(next.version, RING)
        const bytes = snapshotBytes()
        if (bytes) for (const client of clients) client.send(bytes)
        return
      }
      const bytes = encodeEvent('patch', patch, makeEventId({ boot, version: patch.version }))
      ring.add({ version: patch.version, bytes })
      for (const client of clients) client.send(bytes)
    },
    touch(next) {
      topology = next
    },
    tellStatus(status) {
      if (clients.size === 0) return
      const bytes = encodeEvent('status', status)
      for (const client of clients) client.send(bytes)
    },
    connect(lastEventId, onClose) {
      const client = makeStreamClient({
        queueLimit: options.queueLimit ?? QUEUE_LIMIT,
        catchUp: snapshotBytes,
        onClose: () => {
          clients.delete(client)
          onClose()
        },
      })
      clients.add(client)
      greet(client, lastEventId)
      return client.stream
    },
    clients: () => clients.size,
    stop() {
      stopHeartbeat()
      for (const client of [...clients]) client.close()
    },
  }
}
