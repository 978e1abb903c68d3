// What Service Connect's data plane costs, beside a direct call and beside HAProxy in the same run, and whether calls fail
// while instances die or are replaced.
import { Agent, get } from 'node:http'
import autocannon from 'autocannon'
import { residentKiB, startApp, startHaproxy, startPlane } from './plane-process.mjs'
import { median, percentile, shown } from './table.mjs'

const rounds = 5
const roundSeconds = 3
const pacedRounds = 7
const pacedSeconds = 2
const idleProxies = 100

/** @param {number} port @param {number} duration */
async function rate(port, duration) {
  const result = await autocannon({ url: `http://127.0.0.1:${port}/`, connections: 16, duration })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were not 200, ${result.errors} failed`)
  return result.requests.average
}

/**
 * Calls at an even pace whatever the answers do; each one's time in ms, or undefined when it failed.
 * @param {number} port @param {number} perSecond @param {number} seconds
 * @returns {Promise<(number | undefined)[]>}
 */
async function paced(port, perSecond, seconds) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  /** @type {Promise<number | undefined>[]} */
  const calls = []
  const began = performance.now()
  const call = () =>
    new Promise((resolve) => {
      const sentAt = performance.now()
      const fail = () => resolve(undefined)
      get({ port, host: '127.0.0.1', path: '/', agent }, (answer) => {
        answer.on('error', fail)
        answer
          .resume()
          .on('end', () => resolve(answer.statusCode === 200 ? performance.now() - sentAt : undefined))
      }).on('error', fail)
    })
  while (calls.length < perSecond * seconds) {
    const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - began) / 1000) * perSecond))
    while (calls.length < due) calls.push(call())
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const times = await Promise.all(calls)
  agent.destroy()
  return times
}

/** @param {(number | undefined)[]} times */
const good = (times) => times.filter((time) => time !== undefined)
/** @param {(number | undefined)[]} times */
const failedShare = (times) => (times.length - good(times).length) / times.length

/** Requests per second and added latency of one proxy between a client and an application. */
async function measureOneHop() {
  const app = await startApp()
  const plane = startPlane()
  const proxy = await plane.outbound('app')
  plane.setInstances('app', [app.port])
  const haproxy = await startHaproxy(app.port)

  /** @type {Record<'direct' | 'haproxy' | 'ours', number[]>} */
  const rates = { direct: [], haproxy: [], ours: [] }
  for (const port of [app.port, proxy.port, haproxy?.port]) if (port) await rate(port, 2)
  // In turn, so that whatever else this machine does meets all three alike.
  for (let round = 0; round < rounds; round++) {
    rates.direct.push(await rate(app.port, roundSeconds))
    if (haproxy) rates.haproxy.push(await rate(haproxy.port, roundSeconds))
    rates.ours.push(await rate(proxy.port, roundSeconds))
  }
  /** @type {Record<'direct' | 'haproxy' | 'ours', number[][]>} */
  const times = { direct: [], haproxy: [], ours: [] }
  for (let round = 0; round < pacedRounds; round++) {
    times.direct.push(good(await paced(app.port, 500, pacedSeconds)))
    if (haproxy) times.haproxy.push(good(await paced(haproxy.port, 500, pacedSeconds)))
    times.ours.push(good(await paced(proxy.port, 500, pacedSeconds)))
  }
  haproxy?.stop()
  app.kill('SIGKILL')
  await plane.stop()

  // Of each round against the direct calls just before it; the median of all rounds.
  /** @param {number[][]} theirs @param {number} share */
  const added = (theirs, share) =>
    Math.max(
      0,
      median(
        theirs.map((round, index) => percentile(round, share) - percentile(times.direct[index] ?? [], share)),
      ),
    )
  /** @param {number} share */
  const other = (share) => {
    const direct = median(times.direct.map((round) => percentile(round, share)))
    return `direct ${shown(direct)} ms, ${haproxy ? `HAProxy adds ${shown(added(times.haproxy, share))} ms` : 'HAProxy is missing here'}`
  }
  const ourRate = median(rates.ours)
  const directRate = median(rates.direct)
  const haproxyRate = median(rates.haproxy)
  /** @type {import('./table.mjs').Figure[]} */
  const figures = [
    haproxy
      ? {
          what: 'Service Connect: requests/s through one proxy, 16 connections, as a share of HAProxy',
          value: (100 * ourRate) / haproxyRate,
          unit: '%',
          bound: 50,
          sense: 'at least',
          beside: `ours ${shown(ourRate)}, HAProxy ${haproxy.version} ${shown(haproxyRate)}, direct ${shown(directRate)} requests/s`,
        }
      : {
          what: 'Service Connect: requests/s through one proxy, 16 connections, as a share of a direct call (HAProxy is missing here)',
          value: (100 * ourRate) / directRate,
          unit: '%',
          bound: 25,
          sense: 'at least',
          beside: `ours ${shown(ourRate)}, direct ${shown(directRate)} requests/s; the bound is against HAProxy: install it (apt-get install haproxy)`,
        },
    {
      what: 'Service Connect: added latency at 500 requests/s, p50',
      value: added(times.ours, 0.5),
      unit: 'ms',
      bound: 0.5,
      sense: 'at most',
      beside: other(0.5),
    },
    {
      what: 'Service Connect: added latency at 500 requests/s, p99',
      value: added(times.ours, 0.99),
      unit: 'ms',
      bound: 3,
      sense: 'at most',
      beside: other(0.99),
    },
  ]
  return figures
}

/** @returns {Promise<import('./table.mjs').Figure>} */
async function measureMemory() {
  const plane = startPlane()
  await plane.outbound('first')
  const before = residentKiB(plane.pid)
  for (let count = 0; count < idleProxies; count++) await plane.outbound(`idle-${count}`, 5)
  const after = residentKiB(plane.pid)
  await plane.stop()
  return {
    what: `Service Connect: memory per idle proxy (${idleProxies} proxies, 5 names each)`,
    value: (after - before) / 1024 / idleProxies,
    unit: 'MiB',
    bound: 3,
    sense: 'at most',
    beside: `the process itself, with one: ${shown(before / 1024)} MiB`,
  }
}

/** A task: an application and the proxy in front of it. @param {ReturnType<typeof startPlane>} plane */
async function startTask(plane) {
  const app = await startApp()
  return { app, proxy: await plane.inbound(app.port) }
}

/** @returns {Promise<import('./table.mjs').Figure[]>} */
async function measureFailures() {
  const plane = startPlane()
  const client = await plane.outbound('service')
  let tasks = [await startTask(plane), await startTask(plane), await startTask(plane)]
  const publish = () =>
    plane.setInstances(
      'service',
      tasks.map(({ proxy }) => proxy.port),
    )
  publish()
  const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))

  const killing = paced(client.port, 200, 10)
  await pause(3_000)
  const [victim, ...others] = tasks
  victim?.app.kill('SIGKILL')
  // The scheduler sees the process end, ends the task's proxy and takes it out of the endpoint; a second is slow for it.
  await pause(1_000)
  tasks = others
  victim?.proxy.kill()
  publish()
  const killed = await killing

  tasks.push(await startTask(plane))
  publish()
  let rolling = true
  const replacing = (async () => {
    let count = 0
    while (rolling) {
      const old = tasks[0]
      tasks = [...tasks.slice(1), await startTask(plane)]
      publish()
      await old?.proxy.drain()
      old?.app.kill('SIGTERM')
      count++
    }
    return count
  })()
  const rolled = await paced(client.port, 200, 10)
  rolling = false
  const replaced = await replacing
  for (const { app } of tasks) app.kill('SIGKILL')
  await plane.stop()

  return [
    {
      what: 'Service Connect: failing GETs while one of three is killed (kill -9), 200 requests/s',
      value: 100 * failedShare(killed),
      unit: '%',
      bound: 0.1,
      sense: 'at most',
      beside: `${killed.length} calls`,
    },
    {
      what: 'Service Connect: failing GETs while all tasks are replaced, 200 requests/s',
      value: 100 * failedShare(rolled),
      unit: '%',
      bound: 0,
      sense: 'at most',
      beside: `${rolled.length} calls, ${replaced} tasks replaced`,
    },
  ]
}

export async function measureServiceConnect() {
  return [...(await measureOneHop()), await measureMemory(), ...(await measureFailures())]
}
