import 'server-only'
import { randomBytes } from 'node:crypto'
import type { Hole, Inventory } from '@/lib/inventory/model'
import { makeReader, ReadFailure, type TargetReading } from '@/lib/inventory/read'
import { startWatcher, type WatchStatus } from '@/lib/inventory/watch'
import { currentTarget, type Target } from '@/lib/target/current'
import { holeFromError } from '@/lib/target/hole'
import { identityFromSettings, readIdentity, readRegion } from '@/lib/target/identity'
import { processWide } from '@/lib/target/process-wide'
import { buildTopology } from '@/lib/topology/build'
import { advance } from '@/lib/topology/diff'
import type { FeedStatus, Topology } from '@/lib/topology/model'
import { startHub } from './hub'

/** The live map of one target: read while somebody looks, shared by all who do. */
export type Feed = {
  /** The last map; null before the first reading. */
  topology(): Topology | null
  /** The facts behind the last map; null before the first reading. Server side only: holds environment values. */
  inventory(): Inventory | null
  status(): FeedStatus
  /** The map, read anew when the last one is older than the polling interval. null when nothing was ever read: the status says why. */
  fresh(): Promise<Topology | null>
  /** Server-sent events for one browser; readings go on while the stream is open. */
  connect(lastEventId: string | null): ReadableStream<Uint8Array>
  /** After a change: read at once. */
  lookAfterChange(): Promise<void>
  stop(): void
}

/** The account of a running process rarely changes; it is asked again so that a change is noticed. */
const IDENTITY_KEPT_MS = 300_000
const IDENTITY_RETRY_MS = 30_000
/** A quiet map still tells its age this often. */
const STATUS_EVERY_MS = 2_000

function makeIdentityReader(target: Target, now: () => number) {
  let last: { readonly reading: Promise<TargetReading>; readonly untilMs: number } | null = null
  let known = identityFromSettings(target.settings)
  return {
    /** What can be said before, and without, an answer. */
    known: () => known,
    read(): Promise<TargetReading> {
      if (last && now() < last.untilMs) return last.reading
      // Files tell the region at once; the account is waited for, and may never come.
      readRegion(target.clients(), target.settings).then((region) => {
        known = { ...known, region }
      })
      const reading = readIdentity(target.clients(), target.settings, now()).then((told) => {
        known = told.identity
        target.pinnedAccountId ??= told.identity.accountId
        if (told.hole) last = { reading, untilMs: now() + IDENTITY_RETRY_MS }
        return told
      })
      last = { reading, untilMs: now() + IDENTITY_KEPT_MS }
      return reading
    },
    forget() {
      last = null
    },
  }
}

function every(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms)
  timer.unref()
  return () => clearInterval(timer)
}

function after(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

/** Credentials and connections are resolved anew after these. */
const renewing = new Set<Hole['kind']>(['expired', 'unreachable', 'failed'])

export function startFeed(target: Target): Feed {
  const { settings } = target
  const now = Date.now
  const sleep = (ms: number) => new Promise<void>((resolve) => after(ms, resolve))
  const identity = makeIdentityReader(target, now)
  const reader = makeReader({ settings, clients: () => target.clients(), time: { now, sleep } })
  let topology: Topology | null = null
  let inventory: Inventory | null = null
  let lastFailure: Hole | null = null
  let toldAtMs = 0

  const tellStatus = (status: WatchStatus): FeedStatus => ({ ...status, target: identity.known() })
  const hub = startHub({
    boot: randomBytes(6).toString('hex'),
    status: () => tellStatus(watcher.status()),
    every,
  })

  function show(next: Inventory) {
    inventory = next
    const built = buildTopology(next)
    if (!topology) {
      topology = { ...built, version: 1 }
      hub.publish(topology, null)
      return
    }
    const step = advance(topology, built)
    topology = step.topology
    if (step.patch) {
      hub.publish(topology, step.patch)
      toldAtMs = now()
    } else hub.touch(topology)
  }

  function onStatus(status: WatchStatus) {
    const changed = status.failure?.errorName !== lastFailure?.errorName
    lastFailure = status.failure
    if (!changed && now() - toldAtMs < STATUS_EVERY_MS) return
    toldAtMs = now()
    hub.tellStatus(tellStatus(status))
  }

  const watcher = startWatcher({
    kind: settings.kind,
    intervalMs: settings.pollMs,
    async read(tell) {
      const reading = await reader.read(identity.read())
      tell(reading.inventory)
      if (reading.missingDefinitions.length > 0)
        tell(await reader.readDefinitions(reading.inventory, reading.missingDefinitions))
    },
    failureOf: (error) =>
      error instanceof ReadFailure
        ? error.hole
        : holeFromError(error, { operation: 'reading the map', subject: null }, settings, now()),
    onInventory: show,
    onStatus,
    renew(failure) {
      if (!renewing.has(failure.kind)) return
      identity.forget()
      target.renew()
    },
    time: { now, after },
    random: Math.random,
  })

  return {
    topology: () => topology,
    inventory: () => inventory,
    status: () => tellStatus(watcher.status()),
    async fresh() {
      if (!topology || now() - topology.readAtMs > settings.pollMs) await watcher.look()
      return topology
    },
    connect(lastEventId) {
      const release = watcher.hold()
      return hub.connect(lastEventId, release)
    },
    lookAfterChange: () => watcher.lookAfterChange(),
    stop() {
      watcher.stop()
      hub.stop()
    },
  }
}

/** The one feed of this process. */
export function currentFeed(): Feed {
  return processWide('feed', () => {
    const target = currentTarget()
    for (const warning of target.settings.warnings) console.warn(warning)
    return startFeed(target)
  })
}
