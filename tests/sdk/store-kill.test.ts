import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
import { stillRunning, treeOf } from '../support/process-tree'
import {
  createDiscoveryService,
  createService,
  deregisterInstance,
  registerInstance,
  registerTaskDefinition,
  runTasks,
  setCount,
  type Write,
  type WriteTarget,
} from '../support/write-story'

/** A fresh folder now and then: after many restarts there are more stopped tasks than anything else. */
const folders = [1, 2, 3, 4, 5, 6]
const killsPerFolder = 15
const processKills = 10
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

const flags = (stateDir: string, runtime: string) => [
  '--state-dir',
  stateDir,
  '--runtime',
  runtime,
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

/** What all writes build on: a cluster, `kept:1`, the service `counted`, a namespace and a discovery service in it. */
async function lay({ ecs, cloudMap }: Clients, command: string[]): Promise<Ids> {
  await ecs.send(new CreateClusterCommand({}))
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'kept',
      networkMode: 'awsvpc',
      containerDefinitions: [{ name: 'app', image: 'node', command }],
    }),
  )
  await ecs.send(
    new CreateServiceCommand({
      serviceName: 'counted',
      taskDefinition: 'kept:1',
      desiredCount: 0,
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

/** Writes from many connections until so many are acknowledged, then kills in the middle of the others. */
async function writeUntilKilled(
  cloud: StartedCloud,
  target: WriteTarget,
  next: (writer: number) => Omit<Sent, 'known'>,
  acknowledgements: number,
): Promise<Sent[]> {
  const sent: Sent[] = []
  let known = 0
  let killed: Promise<void> | undefined
  const work = async (writer: number): Promise<void> => {
    while (!killed) {
      const entry: Sent = { ...next(writer), known: false }
      sent.push(entry)
      try {
        await entry.write.send(target)
        entry.known = true
        known += 1
      } catch (error) {
        // Only the kill may break a write.
        if (!killed) throw error
      }
      if (known >= acknowledgements) killed ??= cloud.kill()
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer)))
  await killed
  return sent
}

const faultsOf = async (target: WriteTarget, sent: readonly Sent[]): Promise<string[]> =>
  (await Promise.all(sent.map(({ write, known }) => write.check(target, known)))).flat()

/** Draws one write after the other; instances of the rounds before are taken away now and then. */
function makeWrites(chance: Chance, story: Sent[]) {
  let count = 0
  return (round: number) => {
    const revisions: (() => number | undefined)[] = []
    const instances = story.filter((entry) => entry.known && entry.instance !== undefined)
    const next = (writer: number): Omit<Sent, 'known'> => {
      const name = `w-${round}-${count++}`
      if (writer === 0) return { write: setCount('counted', count) }
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

it.each(folders)(
  'kill -9 at 15 random points under writes loses no acknowledged write and leaves none half done (%s of 6)',
  async (number) => {
    const stateDir = join(folder, `simulated-${number}`)
    const chance = makeChance(number)
    const story: Sent[] = []
    const drawRound = makeWrites(chance, story)
    let ids: Ids | undefined
    let highest = 0
    for (let kill = 0; kill < killsPerFolder; kill++) {
      const cloud = await built.start(...flags(stateDir, 'simulated'))
      const clients = clientsAt(cloud.url)
      ids ??= await lay(clients, ['sleep', '600'])
      const target = { ...clients, ...ids }
      // What the last rounds sent is looked at now, and everything once more at the end.
      expect(await faultsOf(target, story.slice(-80)), `after kill ${kill}`).toEqual([])
      const { next, revisions } = drawRound(kill)
      story.push(...(await writeUntilKilled(cloud, target, next, 5 + chance.below(40))))
      clients.end()
      for (const revision of revisions()) expect(revision).toBeGreaterThan(highest)
      highest = Math.max(highest, ...revisions())
    }
    const cloud = await built.start(...flags(stateDir, 'simulated'))
    const clients = clientsAt(cloud.url)
    if (!ids) throw new Error('Nothing was laid.')
    expect(await faultsOf({ ...clients, ...ids }, story), 'at the end').toEqual([])
    clients.end()
    expect(await cloud.stop()).toBe(0)
    const known = story.filter((entry) => entry.known).length
    expect(known).toBeGreaterThan(killsPerFolder * 5)
    expect(story.length).toBeGreaterThan(known)
  },
  120_000,
)

it('kill -9 at 10 more, with real processes, leaves none of them behind, and each restart brings the tasks back', async () => {
  const stateDir = join(folder, 'process')
  const story: Sent[] = []
  let ids: Ids | undefined
  for (let kill = 0; kill < processKills; kill++) {
    const cloud = await built.start(...flags(stateDir, 'process'))
    const clients = clientsAt(cloud.url)
    const isFirst = ids === undefined
    ids ??= await lay(clients, ['node', '-e', 'setInterval(() => {}, 1000)'])
    const target = { ...clients, ...ids }
    if (isFirst) await createService('always', 2).send(target)
    expect(await faultsOf(target, story), `after kill ${kill}`).toEqual([])
    const running = async () => {
      const { services } = await clients.ecs.send(new DescribeServicesCommand({ services: ['always'] }))
      return services?.[0]?.runningCount
    }
    await expect.poll(running, { timeout: 20_000, interval: 20 }).toBe(2)
    const before = treeOf(cloud.pid)
    // The local cloud, its watcher and two tasks.
    expect(before.length).toBeGreaterThanOrEqual(4)
    let count = 0
    const next = () => ({ write: registerInstance(`p-${kill}-${count++}`) })
    story.push(...(await writeUntilKilled(cloud, target, next, 3 + kill)))
    clients.end()
    await expect.poll(() => stillRunning(before), { timeout: 5_000, interval: 20 }).toEqual([])
  }
  expect(story.filter(({ known }) => known).length).toBeGreaterThan(processKills * 3)
}, 120_000)
