import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreateHttpNamespaceCommand,
  ListNamespacesCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltCloud, buildCloud, type StartedCloud } from '../support/built-cloud'
import { type Chance, makeChance } from '../support/operation-walk'
import { runningWith, stillRunning, treeOf } from '../support/process-tree'
import {
  createDiscoveryService,
  createService,
  deregisterInstance,
  registerInstance,
  registerTaskDefinition,
  runTasks,
  setMaximumPercent,
  type Write,
  type WriteTarget,
} from '../support/write-story'

/**
 * A fresh folder now and then: after many restarts there are more stopped tasks than anything else. Two at a time, for much of the time
 * goes by with waiting.
 */
const pairs = [
  [1, 2],
  [3, 4],
  [5, 6],
  [7, 8],
  [9, 10],
] as const
const killsPerFolder = 10
const writers = 12

let built: BuiltCloud
const folder = mkdtempSync(join(tmpdir(), 'switchboard-kill-'))
beforeAll(async () => {
  built = await buildCloud()
})
afterAll(() => {
  built.remove()
  rmSync(folder, { recursive: true, force: true })
})

const flags = (stateDir: string) => [
  '--state-dir',
  stateDir,
  '--runtime',
  'process',
  '--operation-delay-ms',
  '20',
]

type Clients = Pick<WriteTarget, 'ecs' | 'cloudMap'> & { end(): void }

function clientsAt(endpoint: string): Clients {
  const settings = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
    // A write that failed must not be sent a second time behind our back.
    maxAttempts: 1,
  }
  const ecs = new ECSClient(settings)
  const cloudMap = new ServiceDiscoveryClient({ ...settings, disableHostPrefix: true })
  return {
    ecs,
    cloudMap,
    end() {
      ecs.destroy()
      cloudMap.destroy()
    },
  }
}

type Ids = Pick<WriteTarget, 'namespaceId' | 'discoveryId'>

/**
 * What all writes build on: a cluster, `kept:1`, which runs on, `brief:1`, which ends at once, the services `counted` without tasks and `always` with two, a namespace and a discovery
 * service in it.
 */
async function lay({ ecs, cloudMap }: Clients, command: string[]): Promise<Ids> {
  await ecs.send(new CreateClusterCommand({}))
  for (const [family, words] of [
    ['kept', command],
    // Standalone tasks would all be started again after each kill, and the machine be busy with that only.
    ['brief', ['true']],
  ] as const)
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        family,
        networkMode: 'awsvpc',
        containerDefinitions: [{ name: 'app', image: 'alpine', command: [...words] }],
      }),
    )
  for (const [serviceName, desiredCount] of [
    ['counted', 0],
    ['always', 2],
  ] as const)
    await ecs.send(
      new CreateServiceCommand({
        serviceName,
        taskDefinition: 'kept:1',
        desiredCount,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
      }),
    )
  await cloudMap.send(new CreateHttpNamespaceCommand({ Name: 'kept' }))
  await expect
    .poll(async () => (await cloudMap.send(new ListNamespacesCommand({}))).Namespaces?.length)
    .toBe(1)
  const { Namespaces } = await cloudMap.send(new ListNamespacesCommand({}))
  const namespaceId = Namespaces?.[0]?.Id ?? ''
  const { Service } = await cloudMap.send(
    new CreateDiscoveryServiceCommand({ Name: 'kept', NamespaceId: namespaceId }),
  )
  return { namespaceId, discoveryId: Service?.Id ?? '' }
}

type Sent = {
  readonly write: Write
  /** It was acknowledged. */
  known: boolean
  /** The instance that it made, for somebody to take away again. */
  readonly instance?: string
}

type KillPoint = {
  /** So many writes are acknowledged first. */
  readonly acknowledgements: number
  /** Then so long, so that the kill does not always come when answers have just gone out. */
  readonly thenMs: number
}

/** Writes from many connections, and kills in the middle of it. */
async function writeUntilKilled(
  cloud: StartedCloud,
  target: WriteTarget,
  next: (writer: number) => Omit<Sent, 'known'>,
  { acknowledgements, thenMs }: KillPoint,
): Promise<Sent[]> {
  const sent: Sent[] = []
  let known = 0
  let isKilled = false
  let end: Promise<void> | undefined
  const kill = async () => {
    await pause(thenMs)
    isKilled = true
    await cloud.kill()
  }
  const work = async (writer: number): Promise<void> => {
    while (!isKilled) {
      const entry: Sent = { ...next(writer), known: false }
      sent.push(entry)
      try {
        await entry.write.send(target)
        entry.known = true
        known += 1
      } catch (error) {
        // Only the kill may break a write.
        if (!isKilled) throw error
      }
      if (known >= acknowledgements) end ??= kill()
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer)))
  await end
  return sent
}

async function running({ ecs }: Clients): Promise<number | undefined> {
  const { services } = await ecs.send(new DescribeServicesCommand({ services: ['always'] }))
  return services?.[0]?.runningCount
}

const faultsOf = async (target: WriteTarget, sent: readonly Sent[]): Promise<string[]> =>
  (await Promise.all(sent.map(({ write, known }) => write.check(target, known)))).flat()

/** Draws one write after the other; instances of the rounds before are taken away now and then. */
function makeWrites(chance: Chance, story: Sent[]) {
  let count = 0
  let percent = 200
  return (round: number) => {
    const revisions: (() => number | undefined)[] = []
    const instances = story.filter((entry) => entry.known && entry.instance !== undefined)
    const next = (writer: number): Omit<Sent, 'known'> => {
      const name = `w-${round}-${count++}`
      if (writer === 0) return { write: setMaximumPercent('counted', ++percent) }
      switch (chance.below(7)) {
        case 0:
          return { write: createDiscoveryService(name) }
        case 1:
          return { write: runTasks(name) }
        case 2:
        case 3: {
          const write = registerTaskDefinition(name)
          revisions.push(write.revision)
          return { write }
        }
        case 4: {
          const old = instances.pop()
          if (old?.instance === undefined) return { write: registerInstance(name), instance: name }
          story.splice(story.indexOf(old), 1)
          return { write: deregisterInstance(old.instance) }
        }
        case 5:
          return { write: registerInstance(name), instance: name }
        default:
          return { write: createService(name, chance.below(4) === 0 ? 1 : 0) }
      }
    }
    return { next, revisions: () => revisions.flatMap((revision) => revision() ?? []) }
  }
}

/** Starts, looks, writes and kills again and again; gives back how often it killed. */
async function killAgainAndAgain(number: number): Promise<number> {
  const stateDir = join(folder, String(number))
  // No other process of this machine has this argument, so that all tasks are found, also those that were just being started.
  const lengthSeconds = `600.${process.pid}${number}`
  const chance = makeChance(number)
  const story: Sent[] = []
  const drawRound = makeWrites(chance, story)
  let ids: Ids | undefined
  let highest = 0
  let lastRound: readonly Sent[] = []
  let kills = 0
  while (kills < killsPerFolder) {
    const cloud = await built.start(...flags(stateDir))
    const clients = clientsAt(cloud.url)
    ids ??= await lay(clients, ['sleep', lengthSeconds])
    const target = { ...clients, ...ids }
    const [faults] = await Promise.all([
      // What the last round sent is looked at now, and everything once more at the end.
      faultsOf(target, lastRound),
      expect.poll(() => running(clients), { timeout: 20_000, interval: 20 }).toBe(2),
    ])
    expect(faults, `after kill ${kills}`).toEqual([])
    const before = treeOf(cloud.pid)
    // The local cloud, its watcher and two tasks.
    expect(before.length).toBeGreaterThanOrEqual(4)
    expect(runningWith(lengthSeconds).length).toBeGreaterThanOrEqual(2)

    const { next, revisions } = drawRound(kills)
    const point = { acknowledgements: 3 + chance.below(20), thenMs: chance.below(12) }
    lastRound = await writeUntilKilled(cloud, target, next, point)
    kills += 1
    story.push(...lastRound)
    clients.end()
    const left = () => [...runningWith(lengthSeconds), ...stillRunning(before)]
    await expect.poll(left, { timeout: 5_000, interval: 20 }).toEqual([])
    for (const revision of revisions()) expect(revision).toBeGreaterThan(highest)
    highest = Math.max(highest, ...revisions())
  }
  const cloud = await built.start(...flags(stateDir))
  const clients = clientsAt(cloud.url)
  if (!ids) throw new Error('Nothing was laid.')
  expect(await faultsOf({ ...clients, ...ids }, story), 'at the end').toEqual([])
  clients.end()
  expect(await cloud.stop()).toBe(0)
  expect(runningWith(lengthSeconds)).toEqual([])
  const known = story.filter((entry) => entry.known).length
  expect(known).toBeGreaterThan(killsPerFolder * 3)
  expect(story.length).toBeGreaterThan(known)
  return kills
}

it.each(pairs)(
  'kill -9 at 20 random points under writes loses no acknowledged write, leaves none half done and no process (folders %s and %s of 10)',
  async (...numbers) => {
    const kills = await Promise.all(numbers.map(killAgainAndAgain))
    expect(kills).toEqual([killsPerFolder, killsPerFolder])
  },
  120_000,
)
