// How fast the local cloud acknowledges changes that are on disk by then, and how soon it is back after `kill -9`; beside a bare
// libsql loop that commits the same bytes one by one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client/sqlite3'
import autocannon from 'autocannon'
import { startChild } from '../../lib/launch/children.mjs'
import { callOnce, headersFor, makeNamespace, makeServices } from './cloud.mjs'
import { median, shown } from './table.mjs'

const connections = 16
const namespaces = 10
const writesPerRun = 3_000
const servicesBeforeRestart = 1_000

/** @param {string} folder */
async function startKept(folder) {
  const began = performance.now()
  const child = startChild(
    'dist/emulator/main.mjs',
    ['--port', '0', '--exit-with-parent', '--runtime', 'simulated', '--state-dir', folder],
    { readyPrefix: 'local cloud ready' },
  )
  const [url = ''] = (await child.ready).split(' dns ')
  await callOnce(url, 'ecs', 'ListClusters', {})
  return { url, child, readyMs: performance.now() - began }
}

/** `kill -9`, which is what a restart has to cope with. @param {{ url: string, child: import('../../lib/launch/children.mjs').Child }} cloud */
async function kill({ url, child }) {
  const { pid } = await (await fetch(`${url}/_local/health`)).json()
  process.kill(pid, 'SIGKILL')
  await child.ended
}

/** Discovery services in namespaces of their own, so that no quota stands in the way. @param {string} url @returns {Promise<string[]>} ids */
async function makeRegistries(url) {
  const ids = []
  for (let index = 0; index < namespaces; index++) {
    const namespaceId = await makeNamespace(url, 'CreateHttpNamespace', { Name: `bench-${index}` })
    for (const half of ['a', 'b']) {
      const input = { Name: half, NamespaceId: namespaceId, HealthCheckCustomConfig: {} }
      ids.push((await callOnce(url, 'cloudMap', 'CreateService', input)).Service.Id)
    }
  }
  return ids
}

/** @param {number} index @param {readonly string[]} registries */
const writeOf = (index, registries) =>
  index % 2 === 0
    ? {
        headers: headersFor('ecs', 'CreateService'),
        body: {
          serviceName: `written-${index}`,
          taskDefinition: 'bench',
          desiredCount: 1,
          launchType: 'FARGATE',
          networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
        },
      }
    : {
        headers: headersFor('cloudMap', 'RegisterInstance'),
        body: {
          ServiceId: registries[index % registries.length],
          InstanceId: `written-${index}`,
          Attributes: { AWS_INSTANCE_IPV4: '127.0.0.1', AWS_INSTANCE_PORT: '8080' },
          CreatorRequestId: `written-${index}`,
        },
      }

/** @param {string} url @param {readonly string[]} registries */
async function writeRuns(url, registries) {
  let next = 0
  const runs = []
  for (let run = 0; run < 3; run++) {
    const began = performance.now()
    let lastAnswer = began
    /** @type {Promise<import('autocannon').Result>} */
    const load = new Promise((resolve, reject) => {
      const options = {
        url,
        connections,
        amount: writesPerRun,
        requests: [
          {
            method: /** @type {const} */ ('POST'),
            /** @param {import('autocannon').Request} request */
            setupRequest(request) {
              const { headers, body } = writeOf(next++, registries)
              return { ...request, headers, body: JSON.stringify(body) }
            },
          },
        ],
      }
      // Its own duration is in whole seconds.
      autocannon(options, (error, result) => (error ? reject(error) : resolve(result))).on('response', () => {
        lastAnswer = performance.now()
      })
    })
    const result = await load
    if (result.non2xx > 0 || result.errors > 0)
      throw new Error(`${result.non2xx} answers were not 200, ${result.errors} failed`)
    runs.push({ perSecond: (writesPerRun * 1000) / (lastAnswer - began), p99Ms: result.latency.p99 })
  }
  return runs
}

/** One row and one commit after the other, as safe as the local cloud's own. @param {string} folder */
async function bareInsertsPerSecond(folder) {
  const client = createClient({ url: pathToFileURL(join(folder, 'bare.db')).href, concurrency: 1 })
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('PRAGMA synchronous = FULL')
  await client.execute('CREATE TABLE bare (path TEXT PRIMARY KEY, value TEXT NOT NULL)')
  const value = JSON.stringify(writeOf(0, [])).repeat(4)
  const began = performance.now()
  const count = 1_000
  for (let index = 0; index < count; index++)
    await client.batch([{ sql: 'INSERT INTO bare VALUES (?, ?)', args: [`path ${index}`, value] }], 'write')
  const elapsed = performance.now() - began
  client.close()
  return (count * 1000) / elapsed
}

export async function measureWrites() {
  const root = mkdtempSync(join(tmpdir(), 'switchboard-writes-'))
  try {
    const cloud = await startKept(join(root, 'writes'))
    const registries = await makeRegistries(cloud.url)
    await makeServices(cloud.url, 1)
    const runs = await writeRuns(cloud.url, registries)
    await cloud.child.stop()
    const bare = await bareInsertsPerSecond(root)

    const many = await startKept(join(root, 'many'))
    await makeServices(many.url, servicesBeforeRestart)
    await kill(many)
    const restarts = []
    for (let run = 0; run < 3; run++) {
      const again = await startKept(join(root, 'many'))
      restarts.push(again.readyMs)
      await kill(again)
    }

    /** @type {import('./table.mjs').Figure[]} */
    const figures = [
      {
        what: 'local cloud, state kept: CreateService and RegisterInstance mixed, 16 connections',
        value: median(runs.map(({ perSecond }) => perSecond)),
        unit: 'writes/s',
        bound: 400,
        sense: 'at least',
        beside: `a bare libsql loop, one row a commit: ${shown(bare)} rows/s`,
      },
      {
        what: 'the same: until the answer, p99',
        value: median(runs.map(({ p99Ms }) => p99Ms)),
        unit: 'ms',
        bound: 100,
        sense: 'at most',
      },
      {
        what: 'kill -9 with 1,000 services and 2,000 tasks: process start → first ListClusters answered (median of 3)',
        value: median(restarts) / 1000,
        unit: 's',
        bound: 3,
        sense: 'at most',
      },
    ]
    return figures
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
