import 'server-only'
import { needsOf } from '@/lib/changes/needs'
import type { World } from '@/lib/changes/world'
import { currentFeed, type Feed } from '@/lib/feed/feed'
import { makePace, startCycle } from '@/lib/inventory/cycle'
import type { Inventory, TargetIdentity } from '@/lib/inventory/model'
import { currentTarget, type Target } from '@/lib/target/current'
import { processWide } from '@/lib/target/process-wide'
import type { Topology } from '@/lib/topology/model'
import { type FamiliesReading, readFamilies } from './read-families'
import { type NetworkReading, readNetwork } from './read-network'
import { readOnDemand } from './read-on-demand'

/** For which change the world is read; deletions and new services want more than the map. */
export type Wanted = { readonly kind: string; readonly input: unknown }

export type WorldReader = {
  /** Never throws: what could not be read is empty or as last known, with a hole. */
  read(wanted?: Wanted): Promise<World>
}

/** VPCs and subnets rarely change. */
const NETWORK_KEPT_MS = 60_000
/** After a failure it is asked again soon. */
const RETRY_MS = 5_000
/** Listing all revisions is dear on AWS. */
const FAMILIES_KEPT_MS = { local: 1_000, endpoint: 5_000, aws: 30_000 } as const

/** Keeps what was read for a while; many ask at once and one reads. */
function makeKept<T extends { readonly holes: readonly unknown[] }>(
  keptMs: number,
  now: () => number,
  read: () => Promise<T>,
) {
  let last: { readonly reading: Promise<T>; untilMs: number } | null = null
  return (): Promise<T> => {
    if (last && now() < last.untilMs) return last.reading
    const reading = read()
    const mine = { reading, untilMs: now() + keptMs }
    last = mine
    void reading.then(({ holes }) => {
      if (holes.length > 0) mine.untilMs = Math.min(mine.untilMs, now() + RETRY_MS)
    })
    return reading
  }
}

function identityOf(target: Target): TargetIdentity {
  const { kind, region, endpointUrl, profile, readOnly } = target.settings
  return { kind, region: region ?? '', accountId: null, endpointUrl, profile, readOnly, localRuntime: null }
}

/** The world before anything was read: nothing, and why. */
function nothing(target: Target, feed: Feed, nowMs: number): { inventory: Inventory; topology: Topology } {
  const { failure } = feed.status()
  const holes = failure ? [failure] : []
  const identity = identityOf(target)
  return {
    inventory: {
      target: identity,
      readAtMs: nowMs,
      clusters: [],
      services: [],
      undescribedServices: [],
      tasks: [],
      taskDefinitions: {},
      namespaces: [],
      discoveryServices: [],
      traffic: [],
      trafficReadAtMs: null,
      holes,
    },
    topology: {
      version: 0,
      readAtMs: nowMs,
      target: identity,
      namespaces: [],
      clusters: [],
      services: [],
      edges: [],
      holes,
    },
  }
}

/** The reader of one target's world: the live map, its network and its task definitions. */
export function makeWorldReader(target: Target, feed: Feed, now: () => number): WorldReader {
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const pace = makePace(target.settings.kind, { now, sleep })
  const cycle = () => startCycle(target.settings, pace, { now, sleep })
  const network = makeKept<NetworkReading>(NETWORK_KEPT_MS, now, () => readNetwork(target.clients(), cycle()))
  const families = makeKept<FamiliesReading>(FAMILIES_KEPT_MS[target.settings.kind], now, () =>
    readFamilies(target.clients(), cycle()),
  )
  return {
    async read(wanted) {
      const [, places, definitions] = await Promise.all([feed.fresh(), network(), families()])
      const topology = feed.topology()
      const inventory = feed.inventory()
      const map = topology && inventory ? { topology, inventory } : nothing(target, feed, now())
      const failure = feed.status().failure
      const world: World = {
        ...map,
        network: places.network,
        families: definitions.families,
        revisionArns: definitions.revisionArns,
        cloudMapTags: {},
        serviceDetails: {},
        revisionInputs: {},
        holes: [
          ...(failure && !map.inventory.holes.includes(failure) ? [failure] : []),
          ...map.inventory.holes,
          ...places.holes,
          ...definitions.holes,
        ],
      }
      if (!wanted) return world
      const needs = needsOf(wanted.kind, wanted.input, world)
      if (Object.values(needs).every((wants) => wants.length === 0)) return world
      const more = await readOnDemand(target.clients(), cycle(), needs)
      return {
        ...world,
        inventory: {
          ...world.inventory,
          taskDefinitions: { ...world.inventory.taskDefinitions, ...more.taskDefinitions },
        },
        cloudMapTags: more.cloudMapTags,
        serviceDetails: more.serviceDetails,
        revisionInputs: more.revisionInputs,
        holes: [...world.holes, ...more.holes],
      }
    },
  }
}

/** The world of this process's target as it is now, with what the change needs. Never throws. */
export function readWorld(wanted?: Wanted): Promise<World> {
  return processWide('world', () => makeWorldReader(currentTarget(), currentFeed(), Date.now)).read(wanted)
}
