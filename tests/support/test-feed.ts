import { type Feed, startFeed } from '@/lib/feed/feed'
import { makeTarget, type Target } from '@/lib/target/current'
import { targetFromEnv } from '@/lib/target/settings'
import type { Topology } from '@/lib/topology/model'

export type TestFeed = {
  readonly feed: Feed
  readonly target: Target
  /** Reads once; gives the map, which must be there. */
  read(): Promise<Topology>
  /** Reads until the map is as wanted. */
  until(isWanted: (map: Topology) => boolean): Promise<Topology>
  stop(): void
}

/** A feed of its own on an endpoint, as the console has one. */
export function startTestFeed(endpoint: string, more: Record<string, string> = {}): TestFeed {
  const env = {
    SWITCHBOARD_TARGET: 'local',
    SWITCHBOARD_ENDPOINT_URL: endpoint,
    SWITCHBOARD_POLL_MS: '250',
    ...more,
  }
  const target = makeTarget(targetFromEnv(env), env)
  const feed = startFeed(target)
  const read = async () => {
    await feed.lookAfterChange()
    const map = feed.topology()
    if (!map) throw new Error(`No map: ${JSON.stringify(feed.status().failure)}`)
    return map
  }
  return {
    feed,
    target,
    read,
    async until(isWanted) {
      for (;;) {
        await feed.lookAfterChange()
        const map = feed.topology()
        if (map && isWanted(map)) return map
      }
    },
    stop() {
      feed.stop()
      target.clients().stop()
    },
  }
}

/** Whether the example stack stands: both services steady, and the call between them known. */
export const isExampleSteady = (map: Topology) =>
  map.services.length === 2 && map.services.every((node) => node.state === 'ok') && map.edges.length === 1
