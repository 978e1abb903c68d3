import { paginateDescribeLogGroups, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs'
import { type Feed, startFeed } from '@/lib/feed/feed'
import { ensureExampleStack } from '@/lib/launch/example-stack.mjs'
import { makeDnsServerSource } from '@/lib/probe/dns-server'
import { type ProbeWorld, run } from '@/lib/probe/run'
import { makeWorld } from '@/lib/probe/run-world'
import type { CallRequest, TripEvent } from '@/lib/probe/trip'
import { makeTarget } from '@/lib/target/current'
import { targetFromEnv } from '@/lib/target/settings'
import type { ServiceNode, Topology } from '@/lib/topology/model'
import { startTestCloud, type TestCloud } from './local-cloud'

/** The example stack with real processes, and a console's eyes and hands on it. */
export type CalledStack = {
  readonly cloud: TestCloud
  readonly feed: Feed
  readonly world: ProbeWorld
  service(name: string): ServiceNode
  /** Looks at the map until it is as wanted. */
  waitFor(wanted: (topology: Topology) => boolean): Promise<Topology>
  call(
    request: Partial<CallRequest> & Pick<CallRequest, 'serviceId'>,
    signal?: AbortSignal,
  ): Promise<readonly TripEvent[]>
  /** Waits until the logs hold a line with this text, and says which tasks wrote one. */
  tasksThatLogged(text: string): Promise<readonly string[]>
  stop(): Promise<void>
}

const isReady = (name: string, count: number) => (topology: Topology) => {
  const instances = topology.services.find((service) => service.name === name)?.instances ?? []
  const ready = instances.filter(
    ({ state, discoveryHealth }) => state === 'healthy' && discoveryHealth === 'HEALTHY',
  )
  return ready.length === count && instances.length === count
}

export const startCalledStack = async (): Promise<CalledStack> => {
  const cloud = await startTestCloud({ runtime: 'process' })
  await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
  const env = { SWITCHBOARD_TARGET: 'local', SWITCHBOARD_ENDPOINT_URL: cloud.url }
  const target = makeTarget(targetFromEnv(env), env)
  const feed = startFeed(target)

  const waitFor = async (wanted: (topology: Topology) => boolean): Promise<Topology> => {
    for (;;) {
      await feed.lookAfterChange()
      const topology = feed.topology()
      if (topology && wanted(topology)) return topology
    }
  }
  await waitFor((topology) => isReady('backend-api', 2)(topology) && isReady('frontend-web', 1)(topology))

  const readService = (serviceId: string) =>
    feed.topology()?.services.find(({ id }) => id === serviceId) ?? null
  const world = await makeWorld({
    kind: 'local',
    endpointUrl: cloud.url,
    cloudMap: target.clients().cloudMap,
    consoleListeners: [],
    dnsServers: makeDnsServerSource(() => performance.now()),
    readService,
  })

  return {
    cloud,
    feed,
    world,
    waitFor,
    service(name) {
      const service = feed.topology()?.services.find((candidate) => candidate.name === name)
      if (!service) throw new Error(`${name} is not on the map`)
      return service
    },
    async call(request, signal = new AbortController().signal) {
      const service = readService(request.serviceId)
      if (!service) throw new Error(`${request.serviceId} is not on the map`)
      const events: TripEvent[] = []
      const whole: CallRequest = {
        method: 'GET',
        path: '/api/data',
        count: 1,
        concurrency: 1,
        via: 'dns',
        ...request,
      }
      for await (const event of run(whole, service, world, signal)) events.push(event)
      return events
    },
    async tasksThatLogged(text) {
      for (;;) {
        const tasks = new Set<string>()
        for await (const page of paginateDescribeLogGroups({ client: cloud.logs }, {}))
          for (const { logGroupName } of page.logGroups ?? [])
            for await (const found of paginateFilterLogEvents(
              { client: cloud.logs },
              { logGroupName, filterPattern: `"${text}"` },
            ))
              for (const { logStreamName } of found.events ?? [])
                tasks.add(logStreamName?.split('/').at(-1) ?? '')
        if (tasks.size > 0) return [...tasks]
      }
    },
    async stop() {
      feed.stop()
      target.clients().stop()
      await cloud.stop()
    },
  }
}
