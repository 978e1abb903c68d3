import 'server-only'
import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import type { Clients } from '@/lib/target/clients'
import type { TargetSettings } from '@/lib/target/settings'
import { lastPart } from './arn'
import { makePace, startCycle, type Time } from './cycle'
import { taskDefinitionFromEcs } from './from-ecs'
import { foldHoles } from './holes'
import { isPassing } from './memory'
import type { EcsService, Hole, Inventory, TargetIdentity, TaskDefinition } from './model'
import { type CloudMapReading, makeCloudMapMemory, readCloudMap } from './read-cloud-map'
import { type EcsReading, makeEcsMemory, readEcs } from './read-ecs'
import { forgetGone, makeTaskMemory, readTasks } from './read-tasks'
import { makeTrafficReader } from './read-traffic'

/** Nothing at all could be read. The last map stays; `hole` says why. */
export class ReadFailure extends Error {
  readonly hole: Hole

  constructor(hole: Hole) {
    super(hole.message)
    this.name = 'ReadFailure'
    this.hole = hole
  }
}

export type TargetReading = { readonly identity: TargetIdentity; readonly hole: Hole | null }

export type Reading = {
  readonly inventory: Inventory
  /** How many API calls it took. */
  readonly calls: number
  /** Task definitions in use that are not known yet. */
  readonly missingDefinitions: readonly string[]
}

export type Reader = {
  /** One full reading, of the target that is being told apart meanwhile. Throws `ReadFailure` when nothing could be read. */
  read(identity: Promise<TargetReading>): Promise<Reading>
  /** Reads task definitions into the inventory; a revision never changes, so each is asked once. */
  readDefinitions(inventory: Inventory, arns: readonly string[]): Promise<Inventory>
}

type Options = {
  readonly settings: TargetSettings
  readonly clients: () => Clients
  readonly time: Time
}

const DEFINITION = 'ecs:DescribeTaskDefinition'
/** On AWS a bucket of 20 per second is shared by the account. */
const DEFINITIONS_AT_ONCE = { local: 500, endpoint: 100, aws: 50 } as const
const DEFINITION_RETRY_MS = 60_000
const DEFINITIONS_KEPT = 20_000
/** A look at stopped tasks costs a ListTasks and at most a DescribeTasks. */
const LOOK_COST = 2
/** Looks beyond the plain reading may add one call in twenty-five. */
const LOOK_SHARE = 0.04

/** Task ids that Cloud Map names, by the name of the cluster. */
function namedTasks(cloudMap: CloudMapReading): ReadonlyMap<string, readonly string[]> {
  const byCluster = new Map<string, Set<string>>()
  for (const service of cloudMap.discoveryServices)
    for (const instance of service.instances ?? []) {
      const cluster = instance.attributes.ECS_CLUSTER_NAME
      if (!cluster) continue
      const ids = byCluster.get(cluster) ?? new Set()
      byCluster.set(cluster, ids.add(instance.id))
    }
  return new Map([...byCluster].map(([cluster, ids]) => [cluster, [...ids]]))
}

const isFailing = (service: EcsService) =>
  service.running < service.desired &&
  service.deployments.some(
    (deployment) =>
      deployment.status === 'PRIMARY' && (deployment.failedTasks > 0 || deployment.rolloutState === 'FAILED'),
  )

/** null when there is something to show. A denied or lacking list is shown as a hole in an empty map, not as a failure. */
function wholeFailure(ecs: EcsReading, cloudMap: CloudMapReading): Hole | null {
  if (!ecs.failure || !cloudMap.failure) return null
  return [ecs.failure, cloudMap.failure].find(isPassing) ?? null
}

/** The reader of one target. It keeps what never changes and what it last knew. */
export function makeReader({ settings, clients, time }: Options): Reader {
  const pace = makePace(settings.kind, time)
  const traffic = makeTrafficReader({ settings, client: () => clients().cloudWatch, pace, time })
  const memory = { ecs: makeEcsMemory(), cloudMap: makeCloudMapMemory(), tasks: makeTaskMemory() }
  const definitions = new Map<string, TaskDefinition>()
  const failedDefinitions = new Map<string, { readonly hole: Hole; readonly retryAtMs: number }>()
  let lastHoles: readonly Hole[] = []
  let lookCredit = 0
  let lastLook = ''

  /** The next services in turn whose failed tasks may be looked up now. */
  function chooseFailing(ecs: EcsReading): readonly EcsService[] {
    const failing = ecs.clusters.flatMap((part) => part.services).filter(isFailing)
    failing.sort((a, b) => (a.arn < b.arn ? -1 : 1))
    const affordable =
      settings.kind === 'aws' ? Math.min(1, Math.floor(lookCredit / LOOK_COST)) : Math.min(3, failing.length)
    const start = failing.findIndex((service) => service.arn > lastLook)
    const turn = start < 0 ? failing : [...failing.slice(start), ...failing.slice(0, start)]
    const chosen = turn.slice(0, affordable)
    lastLook = chosen.at(-1)?.arn ?? lastLook
    if (settings.kind === 'aws') lookCredit -= chosen.length * LOOK_COST
    return chosen
  }

  function knownDefinitions(arns: ReadonlySet<string>): Readonly<Record<string, TaskDefinition>> {
    const known: Record<string, TaskDefinition> = Object.create(null)
    for (const arn of arns) {
      const definition = definitions.get(arn)
      if (definition) known[arn] = definition
    }
    return known
  }

  function definitionHoles(arns: ReadonlySet<string>): Hole[] {
    return [...failedDefinitions].filter(([arn]) => arns.has(arn)).map(([, failed]) => failed.hole)
  }

  async function read(identity: Promise<TargetReading>): Promise<Reading> {
    const { ecs: ecsClient, cloudMap: cloudMapClient } = clients()
    const cycle = startCycle(settings, pace, time)
    const [ecs, cloudMap] = await Promise.all([
      readEcs(ecsClient, cycle, memory.ecs, settings.kind),
      readCloudMap(cloudMapClient, cycle, memory.cloudMap, time.now()),
    ])
    const failure = wholeFailure(ecs, cloudMap)
    if (failure) throw new ReadFailure(failure)

    const failing = chooseFailing(ecs)
    const named = namedTasks(cloudMap)
    const parts = await Promise.all(
      ecs.clusters.map(({ cluster, taskArns }) =>
        readTasks(
          { client: ecsClient, cycle, memory: memory.tasks, nowMs: time.now() },
          {
            cluster,
            taskArns,
            namedIds: named.get(cluster.name) ?? [],
            failing: failing.filter((service) => service.clusterArn === cluster.arn),
          },
        ),
      ),
    )
    forgetGone(memory.tasks, new Set(parts.map((part) => part.cluster.arn)))
    lookCredit = Math.min(4 * LOOK_COST, lookCredit + cycle.calls() * LOOK_SHARE)

    const services = ecs.clusters.flatMap((part) => part.services)
    const tasks = parts.flatMap((part) => part.tasks)
    const used = new Set(
      [...services, ...tasks].map((item) => item.taskDefinitionArn).filter((arn) => arn !== ''),
    )
    const target = await identity
    // Looked at beside the reading and told with the next one: the map waits for nobody.
    void traffic.look(services)
    const seen = traffic.known()
    const nowMs = time.now()
    const holes = [
      ...(target.hole ? [target.hole] : []),
      ...ecs.holes,
      ...cloudMap.holes,
      ...parts.flatMap((part) => part.holes),
      ...definitionHoles(used),
      ...seen.holes,
    ]
    lastHoles = foldHoles(holes, lastHoles)
    return {
      calls: cycle.calls(),
      missingDefinitions: [...used].filter(
        (arn) => !definitions.has(arn) && (failedDefinitions.get(arn)?.retryAtMs ?? 0) <= nowMs,
      ),
      inventory: {
        target: target.identity,
        readAtMs: nowMs,
        clusters: parts.map((part) => part.cluster),
        services,
        undescribedServices: ecs.clusters.flatMap((part) => part.undescribed),
        tasks,
        taskDefinitions: knownDefinitions(used),
        namespaces: cloudMap.namespaces,
        discoveryServices: cloudMap.discoveryServices,
        traffic: seen.traffic,
        trafficReadAtMs: seen.readAtMs,
        holes: lastHoles,
      },
    }
  }

  async function readDefinitions(inventory: Inventory, arns: readonly string[]): Promise<Inventory> {
    const cycle = startCycle(settings, pace, time)
    const { ecs } = clients()
    if (definitions.size > DEFINITIONS_KEPT) definitions.clear()
    await Promise.all(
      arns.slice(0, DEFINITIONS_AT_ONCE[settings.kind]).map(async (arn) => {
        const outcome = await cycle.call(DEFINITION, lastPart(arn), () =>
          ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn })),
        )
        const definition = outcome.ok ? taskDefinitionFromEcs(outcome.value.taskDefinition ?? {}) : null
        if (definition) {
          definitions.set(arn, definition)
          failedDefinitions.delete(arn)
        } else if (!outcome.ok)
          failedDefinitions.set(arn, { hole: outcome.hole, retryAtMs: time.now() + DEFINITION_RETRY_MS })
      }),
    )
    const used = new Set([
      ...Object.keys(inventory.taskDefinitions),
      ...[...inventory.services, ...inventory.tasks].map((item) => item.taskDefinitionArn),
    ])
    const others = inventory.holes.filter((hole) => hole.operation !== DEFINITION)
    lastHoles = foldHoles([...others, ...definitionHoles(used)], lastHoles)
    return { ...inventory, taskDefinitions: knownDefinitions(used), holes: lastHoles }
  }

  return { read, readDefinitions }
}
