import { randomUUID } from 'node:crypto'
import type { EndpointInstance } from '../proxy-spec'
import { makeLineBuffer } from './line-buffer'
import type { PlaneCommand, PlaneNews } from './plane-messages'
import { type RunningProxy, startProxy } from './proxy'
import { defaultSettings, type PlaneSettings } from './settings'
import { type Authority, makeAuthority } from './tls/authority'

/** Everything that runs in the data plane's process: obeys commands and tells what happens. */
export function startPlane(tell: (news: PlaneNews) => void): (command: PlaneCommand) => void {
  const proxies = new Map<number, RunningProxy>()
  const instances = new Map<string, readonly EndpointInstance[]>()
  const lines = makeLineBuffer((id, batch) => tell({ kind: 'log', id, lines: batch }))
  let settings: PlaneSettings = defaultSettings
  let reporting = false
  let authority: Promise<Authority> | undefined

  const report = (): void => {
    const reports = [...proxies.values()].flatMap((proxy) => reportsOf(proxy))
    if (reports.length > 0) tell({ kind: 'traffic', reports })
  }

  const start = (id: number, command: Extract<PlaneCommand, { kind: 'start' }>): void => {
    if (!reporting) setInterval(report, settings.reportEveryMs)
    reporting = true
    const world = {
      settings,
      instancesOf: (endpointId: string) => instances.get(endpointId) ?? [],
      newId: () => randomUUID(),
      random: Math.random,
      authority: () => {
        authority ??= makeAuthority(Date.now())
        return authority
      },
    }
    const proxy = startProxy(command.spec, world, {
      ready: () => tell({ kind: 'ready', id }),
      log: (batch) => lines.add(id, batch),
      drained: () => tell({ kind: 'drained', id }),
      ended(exitCode, reason) {
        const last = proxies.get(id)
        proxies.delete(id)
        lines.flush(id)
        const reports = last ? reportsOf(last) : []
        if (reports.length > 0) tell({ kind: 'traffic', reports })
        tell({ kind: 'ended', id, exitCode, ...(reason !== undefined && { reason }) })
      },
    })
    proxies.set(id, proxy)
  }

  return (command) => {
    switch (command.kind) {
      case 'settings':
        settings = command.settings
        break
      case 'start':
        start(command.id, command)
        break
      case 'quiesce':
        proxies.get(command.id)?.quiesce(command.waitMs)
        break
      case 'drain':
        proxies.get(command.id)?.drain(command.waitMs)
        break
      case 'kill':
        proxies.get(command.id)?.kill()
        break
      case 'instances':
        if (command.instances.length === 0) instances.delete(command.endpointId)
        else instances.set(command.endpointId, command.instances)
        for (const proxy of proxies.values()) proxy.setInstances(command.endpointId, command.instances)
        break
    }
  }
}

const reportsOf = (proxy: RunningProxy) => proxy.counters.flatMap((counter) => counter.take() ?? [])
