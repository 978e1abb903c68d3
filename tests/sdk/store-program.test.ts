import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  ListClustersCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { RegisterInstanceCommand, ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltCloud, buildCloud, type StartedCloud } from '../support/built-cloud'
import { stillRunning, treeOf } from '../support/process-tree'
import { freePort } from '../support/stack.mjs'

let built: BuiltCloud
let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'switchboard-program-'))
  built = await buildCloud()
})
afterAll(async () => {
  built.remove()
  await rm(root, { recursive: true, force: true })
})
const others: ChildProcess[] = []
afterEach(() => {
  for (const child of others.splice(0)) child.kill('SIGKILL')
})

const freshFolder = () => mkdtemp(join(root, 'state-'))
const simulated = (folder: string) => ['--state-dir', folder, '--runtime', 'simulated']
const clientAt = (endpoint: string) =>
  new ECSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
    maxAttempts: 1,
  })
const clustersOf = async ({ url }: StartedCloud) =>
  (await clientAt(url).send(new ListClustersCommand({}))).clusterArns?.map((arn) => arn.split('/')[1])

describe('a state folder that cannot be used', () => {
  it('is told to whoever comes second, with who was first and what to do', async () => {
    const folder = await freshFolder()
    const first = await built.start(...simulated(folder))
    const { code, err } = await built.run(simulated(folder))
    expect(code).toBe(2)
    expect(err).toBe(
      `The state in ${folder} is in use by another local cloud (pid ${first.pid}). Stop that one, choose another folder with --state-dir DIR, or keep nothing with --ephemeral.\n`,
    )
    // The first has noticed nothing.
    await clientAt(first.url).send(new CreateClusterCommand({ clusterName: 'a' }))
    await first.kill()
    const next = await built.start(...simulated(folder))
    expect(await clustersOf(next)).toEqual(['a'])
    await next.stop()
  })

  it.each([
    [
      'a file stands in its way',
      async (folder: string) => writeFile(folder, ''),
      /cannot be used: there is a file/,
    ],
    [
      'a part of its path is a file',
      async (folder: string) =>
        writeFile(join(folder, '..'), '').catch(() => writeFile(`${folder}-file`, '')),
      /cannot be used: a part of its path is a file \(ENOTDIR\)/,
    ],
    [
      'its database is something else',
      async (folder: string) => {
        await mkdir(folder)
        await writeFile(join(folder, 'state.db'), 'no database'.repeat(500))
      },
      /is damaged \(.*not a database\)\. Move the folder away to begin anew, or start with --ephemeral/,
    ],
    [
      'its database is a folder',
      async (folder: string) => mkdir(join(folder, 'state.db'), { recursive: true }),
      /cannot be used: its database cannot be opened \(SQLITE_CANTOPEN\)/,
    ],
  ])('because %s is refused in one sentence', async (name, prepare, sentence) => {
    const folder = join(root, name.replaceAll(' ', '-'))
    await prepare(folder)
    const wanted = name.startsWith('a part') ? join(`${folder}-file`, 'state') : folder
    const { code, err } = await built.run(simulated(wanted))
    expect(code).toBe(2)
    expect(err).toMatch(sentence)
    expect(err).not.toMatch(/^\s+at /m)
  })

  it('is not made for a port that is taken, which is said first', async () => {
    const folder = await freshFolder()
    const port = await freePort()
    const first = await built.start('--port', String(port), ...simulated(folder))
    const never = join(root, 'never')
    const { code, err } = await built.run(['--port', String(port), ...simulated(never)])
    expect(code).toBe(2)
    expect(err).toContain(`Port ${port} on 127.0.0.1 is already in use.`)
    await expect(stat(never)).rejects.toMatchObject({ code: 'ENOENT' })
    await first.stop()
  })
})

describe('where the state lies without a flag', () => {
  it('is a folder for each port, for its owner alone, and none for any free port or with --ephemeral', async () => {
    const port = await freePort()
    const base = await freshFolder()
    const env = { ...process.env, SWITCHBOARD_STATE_DIR: base }
    const cloud = await built.startWith({ env }, '--port', String(port), '--runtime', 'simulated')
    expect(await readdir(base)).toEqual([`cloud-${port}`])
    const folder = join(base, `cloud-${port}`)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    for (const file of await readdir(folder))
      expect((await stat(join(folder, file))).mode & 0o777, file).toBe(0o600)
    await cloud.stop()
    const other = await built.startWith({ env }, '--runtime', 'simulated')
    const never = await built.startWith({ env }, '--port', String(await freePort()), '--ephemeral')
    expect(await readdir(base)).toEqual([`cloud-${port}`])
    await Promise.all([other.stop(), never.stop()])
  })
})

describe('a disk that is full', () => {
  it('refuses changes with the reason, answers questions, and after more room everything acknowledged is there', async () => {
    const folder = await freshFolder()
    const cloud = await built.startWith({ fileKiB: 400 }, ...simulated(folder))
    const client = clientAt(cloud.url)
    const known: string[] = []
    let refusal: unknown
    for (let index = 0; index < 5_000 && !refusal; index++) {
      const clusterName = `c${String(index).padStart(4, '0')}`
      try {
        await client.send(new CreateClusterCommand({ clusterName }))
        known.push(clusterName)
      } catch (error) {
        refusal = error
      }
    }
    expect(known.length).toBeGreaterThan(0)
    expect(refusal).toMatchObject({
      name: 'ServerException',
      message: expect.stringMatching(/cannot store changes: the disk .*Reading goes on/),
      $metadata: { httpStatusCode: 500 },
    })
    await expect(client.send(new CreateClusterCommand({ clusterName: 'late' }))).rejects.toMatchObject({
      name: 'ServerException',
    })
    const cloudMap = new ServiceDiscoveryClient({
      endpoint: cloud.url,
      region: 'us-east-1',
      credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
      maxAttempts: 1,
    })
    const register = new RegisterInstanceCommand({ ServiceId: 'srv-x', InstanceId: 'i', Attributes: {} })
    await expect(cloudMap.send(register)).rejects.toMatchObject({ name: 'InternalFailure' })
    expect((await client.send(new ListClustersCommand({}))).clusterArns).not.toHaveLength(0)
    const health = await (await fetch(`${cloud.url}/_local/health`)).json()
    expect(health.state.failure).toContain('cannot store changes')
    await cloud.kill()

    const next = await built.start(...simulated(folder))
    const after = new Set<string | undefined>()
    let nextToken: string | undefined
    do {
      const page = await clientAt(next.url).send(new ListClustersCommand({ nextToken }))
      for (const arn of page.clusterArns ?? []) after.add(arn.split('/')[1])
      nextToken = page.nextToken
    } while (nextToken)
    expect(known.filter((name) => !after.has(name))).toEqual([])
    expect(after.has('late')).toBe(false)
    await next.stop()
  })
})

describe('processes that were left behind', () => {
  const command = ['sh', '-c', 'trap "" TERM; (trap "" TERM; sleep 600) & wait']

  /** Two shell tasks, a local cloud that is killed together with its watcher, and what is left of them. */
  async function leaveBehind(folder: string) {
    const cloud = await built.start('--state-dir', folder)
    const client = clientAt(cloud.url)
    await client.send(new CreateClusterCommand({}))
    await client.send(
      new RegisterTaskDefinitionCommand({
        family: 'shell',
        networkMode: 'awsvpc',
        containerDefinitions: [{ name: 'app', image: 'busybox', command }],
      }),
    )
    await client.send(
      new CreateServiceCommand({
        serviceName: 'shell',
        taskDefinition: 'shell',
        desiredCount: 2,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
      }),
    )
    const running = async () =>
      (await client.send(new DescribeServicesCommand({ services: ['shell'] }))).services?.[0]?.runningCount
    await expect.poll(running, { timeout: 20_000 }).toBe(2)
    const tree = treeOf(cloud.pid)
    const guardian = tree.find(({ args }) => args.includes('switchboard-guardian'))
    const tasks = tree.filter(({ args }) => args.some((arg) => arg === 'sleep' || arg.includes('sleep 600')))
    expect(tasks.length).toBeGreaterThanOrEqual(4)
    // Stopped, it cannot start its watcher again.
    cloud.child.kill('SIGSTOP')
    process.kill(guardian?.pid ?? 0, 'SIGKILL')
    await cloud.kill()
    expect(stillRunning(tasks)).toHaveLength(tasks.length)
    return tasks
  }

  it('are ended by the next local cloud of this folder before it is ready', async () => {
    const folder = await freshFolder()
    const tasks = await leaveBehind(folder)
    const next = await built.start('--state-dir', folder)
    await expect.poll(() => stillRunning(tasks), { timeout: 5_000, interval: 20 }).toEqual([])
    await next.stop()
  })

  it('are told from a foreign process that has got one of their numbers', async () => {
    const folder = await freshFolder()
    await (await built.start(...simulated(folder))).stop()
    const foreign = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
    others.push(foreign)
    const pid = foreign.pid ?? 0
    const ledger = join(folder, 'processes')
    expect(readFileSync(ledger, 'utf8')).toMatch(/^boot \S+\n$/)
    await appendFile(ledger, `+ ${pid} 1\n+ 1 1\n`)
    const next = await built.start(...simulated(folder))
    expect(stillRunning(treeOf(pid))).toHaveLength(1)
    await next.stop()
  })
})
