// The built data plane as the local cloud starts it: a child that is told in JSON what to carry.
import { execFileSync, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../lib/launch/repository.mjs'
import { freePort } from '../support/stack.mjs'

const timeouts = { idleTimeoutMs: 300_000, perRequestTimeoutMs: 15_000 }

/** @typedef {{ id: number, port: number, drain: () => Promise<void>, kill: () => void }} BenchProxy */

export function startPlane() {
  const child = fork(`${root}/dist/emulator/data-plane.mjs`, [], { execArgv: [], serialization: 'json' })
  /** @type {Map<string, () => void>} */
  const waiting = new Map()
  child.on('message', (/** @type {{ kind: string, id: number, reason?: string }} */ news) => {
    if (news.kind === 'ended' && news.reason) throw new Error(`proxy ${news.id}: ${news.reason}`)
    waiting.get(`${news.kind} ${news.id}`)?.()
  })
  let lastId = 0
  /** @param {string} kind @param {number} id */
  const told = (kind, id) => new Promise((resolve) => waiting.set(`${kind} ${id}`, () => resolve(undefined)))

  /** @param {number} port @param {{ inbound: object[], outbound: object[] }} listeners @returns {Promise<BenchProxy>} */
  async function start(port, listeners) {
    const id = ++lastId
    const ready = told('ready', id)
    child.send({
      kind: 'start',
      id,
      spec: {
        scope: { accountId: '000000000000', region: 'us-east-1' },
        taskId: `task-${id}`,
        taskArn: `task/${id}`,
        taskAddress: '127.0.0.1',
        clusterName: 'bench',
        serviceName: 'bench',
        accessLog: null,
        ...listeners,
      },
    })
    await ready
    return {
      id,
      port,
      async drain() {
        const ended = told('ended', id)
        child.send({ kind: 'drain', id, waitMs: 5_000 })
        await ended
      },
      kill: () => child.send({ kind: 'kill', id }),
    }
  }

  return {
    pid: Number(child.pid),
    /** What a task's application calls. @param {string} endpointId @param {number} [names] */
    async outbound(endpointId, names = 1) {
      // One is called and needs a port of its own; a crowd of idle ones has an address of its own, as in a task.
      const address = names === 1 ? '127.0.0.1' : `127.255.${Math.floor(lastId / 250)}.${(lastId % 250) + 1}`
      const ports = []
      for (let name = 0; name < names; name++) ports.push(names === 1 ? await freePort() : 28_000 + name)
      const outbound = ports.map((port) => ({
        alias: endpointId,
        address,
        port,
        discoveryName: endpointId,
        endpointId,
        protocol: 'http',
        timeouts,
        tls: false,
      }))
      return start(ports[0] ?? 0, { inbound: [], outbound })
    },
    /** Where a task's application is reached. @param {number} appPort */
    async inbound(appPort) {
      const port = await freePort()
      const app = { address: '127.0.0.1', port: appPort }
      const listener = {
        discoveryName: 'app',
        address: '127.0.0.1',
        port,
        app,
        protocol: 'http',
        timeouts,
        tls: false,
      }
      return start(port, { inbound: [listener], outbound: [] })
    },
    /** @param {string} endpointId @param {readonly number[]} ports */
    setInstances(endpointId, ports) {
      const instances = ports.map((port) => ({ instanceId: `at-${port}`, address: '127.0.0.1', port }))
      child.send({ kind: 'instances', endpointId, instances })
    },
    async stop() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

const appProgram = `
  const server = require('node:http').createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/plain' }).end('hello from here'))
  })
  process.on('SIGTERM', () => server.close(() => process.exit(0)))
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

/** An application of its own process that answers a few bytes. */
export async function startApp() {
  const child = spawn(process.execPath, ['-e', appProgram], { stdio: ['ignore', 'pipe', 2] })
  const line = await new Promise((resolve) => child.stdout?.once('data', resolve))
  return {
    port: Number(String(line).trim()),
    kill: (/** @type {NodeJS.Signals} */ signal) => child.kill(signal),
  }
}

/** HAProxy in front of `appPort`: one process, one thread, keep-alive both ways. Undefined where it is not installed. @param {number} appPort */
export async function startHaproxy(appPort) {
  const file = ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy'].find((path) => existsSync(path))
  if (!file) return undefined
  const port = await freePort()
  const config = `
global
  nbthread 1
  maxconn 2000
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend in
  bind 127.0.0.1:${port}
  default_backend app
backend app
  server one 127.0.0.1:${appPort}
`
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-haproxy-'))
  writeFileSync(join(folder, 'haproxy.cfg'), config)
  const child = spawn(file, ['-db', '-f', join(folder, 'haproxy.cfg')], { stdio: ['ignore', 'ignore', 2] })
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(`http://127.0.0.1:${port}/`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (up) break
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const version = execFileSync(file, ['-v'], { encoding: 'utf8' }).match(/version (\d+\.\d+)/)?.[1] ?? ''
  return {
    port,
    version,
    stop() {
      child.kill()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Resident memory in KiB. @param {number} pid */
export const residentKiB = (pid) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim())
