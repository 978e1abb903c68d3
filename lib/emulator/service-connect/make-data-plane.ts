import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Log } from '../context'
import type { DataPlane, ProxyEvents, ProxyHandle } from './data-plane'
import { isPlaneNews, type PlaneCommand, type PlaneNews } from './plane/plane-messages'
import { defaultSettings, type PlaneSettings } from './plane/settings'
import type { EndpointInstance, ProxySpec } from './proxy-spec'
import type { TrafficReport } from './traffic-report'

export type DataPlaneOptions = {
  readonly log: Log
  /** Only what differs from AWS's figures. */
  readonly settings?: Partial<PlaneSettings>
}

/** This data plane knows both halves of a drain, and tells its process. */
export type ProcessDataPlane = Omit<DataPlane, 'start'> & {
  start(spec: ProxySpec, events: ProxyEvents): Required<ProxyHandle>
  /** Undefined before the first proxy. */
  pid(): number | undefined
}

type Child = { readonly process: ChildProcess; readonly proxies: Map<number, ProxyEvents> }

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
// The bundle has it beside itself; from source it is put together at its start.
const entry = (): string => {
  const built = pathOf('./data-plane.mjs')
  return existsSync(built) ? built : pathOf('./plane/from-source.mjs')
}

/**
 * The data plane in a process of its own, which is started with the first proxy and ends with this process. When it dies all
 * its proxies have ended, with the reason, and the next proxy starts another one. Crosses nothing but plain JSON.
 */
export function makeDataPlane(options: DataPlaneOptions): ProcessDataPlane {
  const settings = { ...defaultSettings, ...options.settings }
  const endpoints = new Map<string, readonly EndpointInstance[]>()
  const listeners: ((reports: readonly TrafficReport[]) => void)[] = []
  let child: Child | undefined
  let lastId = 0
  let closed = false

  const send = (to: Child, command: PlaneCommand): void => {
    // It fails when the process has just died; `exit` tells its proxies.
    to.process.send(command, () => {})
  }

  const hear = (of: Child, news: PlaneNews): void => {
    if (news.kind === 'traffic') {
      for (const listener of listeners) listener(news.reports)
      return
    }
    const events = of.proxies.get(news.id)
    if (news.kind === 'ready') events?.ready()
    else if (news.kind === 'drained') events?.drained?.()
    else if (news.kind === 'log') events?.log(news.lines)
    else {
      of.proxies.delete(news.id)
      events?.ended(news.exitCode, news.reason)
    }
  }

  const startChild = (): Child => {
    const started: Child = {
      process: fork(entry(), [], {
        execArgv: [],
        serialization: 'json',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
      proxies: new Map(),
    }
    const gone = (how: string): void => {
      if (child === started) child = undefined
      const left = [...started.proxies.values()]
      started.proxies.clear()
      if (!closed) options.log('error', `The data plane of Service Connect ended: ${how}.`)
      for (const events of left) events.ended(137, closed ? undefined : `the data plane ended: ${how}`)
    }
    started.process.on('message', (message: unknown) => {
      if (isPlaneNews(message)) hear(started, message)
    })
    started.process.once('exit', (code, signal) => gone(signal ?? `exit code ${code}`))
    started.process.once('error', (error) => gone(error.message))
    send(started, { kind: 'settings', settings })
    for (const [endpointId, instances] of endpoints)
      send(started, { kind: 'instances', endpointId, instances })
    return started
  }

  return {
    pid: () => child?.process.pid,
    start(spec, events) {
      if (closed) throw new Error('The data plane is closed.')
      child ??= startChild()
      const home = child
      const id = ++lastId
      home.proxies.set(id, events)
      send(home, { kind: 'start', id, spec })
      return {
        quiesce: (waitMs) => send(home, { kind: 'quiesce', id, waitMs }),
        drain: (waitMs) => send(home, { kind: 'drain', id, waitMs }),
        kill: () => send(home, { kind: 'kill', id }),
      }
    },
    setInstances(endpointId, instances) {
      if (instances.length === 0) endpoints.delete(endpointId)
      else endpoints.set(endpointId, instances)
      if (child) send(child, { kind: 'instances', endpointId, instances })
    },
    onTraffic(listener) {
      listeners.push(listener)
    },
    async close() {
      closed = true
      const last = child
      if (!last) return
      await new Promise<void>((resolve) => {
        last.process.once('exit', () => resolve())
        last.process.kill('SIGKILL')
      })
    },
  }
}
