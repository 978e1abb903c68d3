import type { EndpointInstance, InboundListener, OutboundListener, ProxySpec } from '../proxy-spec'
import { makeAccessWriters } from './access/access-writer'
import { Cluster } from './cluster'
import { Counter } from './counter'
import { type Listener, startListener } from './listener'
import { PlaneHost } from './plane-host'
import type { Route, RoutedHost } from './route'
import type { PlaneSettings } from './settings'
import { limitsOf } from './timeouts'
import type { Authority, Identity } from './tls/authority'

/** What a proxy needs of the process that it lives in. */
export type ProxyWorld = {
  readonly settings: PlaneSettings
  readonly instancesOf: (endpointId: string) => readonly EndpointInstance[]
  readonly newId: () => string
  readonly random: () => number
  /** Vouches for every proxy of this process. */
  readonly authority: () => Promise<Authority>
}

export type ProxyTells = {
  ready(): void
  log(lines: readonly string[]): void
  drained(): void
  ended(exitCode: number, reason: string | undefined): void
}

/** A proxy that was started. After `ended` was told, nothing of it is left. */
export type RunningProxy = {
  setInstances(endpointId: string, instances: readonly EndpointInstance[]): void
  readonly counters: readonly Counter[]
  quiesce(waitMs: number): void
  drain(waitMs: number): void
  kill(): void
}

/** Connections that a draining proxy leaves open for a last request, so that it does not close one that is just being used. */
const idleGraceMs = 250

const keyOf = (instance: EndpointInstance): string => `${instance.address} ${instance.port}`

/** Starts one task's proxy: a listener for each way in and each name it may call. */
export function startProxy(spec: ProxySpec, world: ProxyWorld, tells: ProxyTells): RunningProxy {
  const { settings } = world
  const counters: Counter[] = []
  const clusters: {
    readonly cluster: Cluster<RoutedHost>
    fill(endpointId: string, instances: readonly EndpointInstance[]): void
  }[] = []
  const inbound: Listener[] = []
  const outbound: Listener[] = []
  let waiting = spec.inbound.length + spec.outbound.length
  let over = false
  let quiet: 'no' | 'begun' | 'yes' = 'no'
  let endWhenQuiet = false
  let graceTimer: NodeJS.Timeout | undefined
  let waitTimer: NodeJS.Timeout | undefined

  const { accessLog } = spec
  const accessOf = accessLog && makeAccessWriters(accessLog, (line) => tells.log([line]))

  const routeOf = (side: Route['side'], listener: InboundListener | OutboundListener): Route => {
    const counter = new Counter({ taskId: spec.taskId, side, discoveryName: listener.discoveryName })
    counters.push(counter)
    const cluster = new Cluster<RoutedHost>(settings, (line) =>
      tells.log([`[warning] ${listener.discoveryName}: ${line}`]),
    )
    const { newId, random } = world
    const retries = side === 'outbound' ? settings.retries : 0
    return {
      side,
      cluster,
      limits: limitsOf(listener.timeouts),
      counter,
      settings,
      retries,
      access: accessOf ? accessOf(listener.protocol) : null,
      newId,
      random,
    }
  }

  const end = (exitCode: number, reason?: string): void => {
    if (over) return
    over = true
    clearTimeout(graceTimer)
    clearTimeout(waitTimer)
    for (const listener of [...inbound, ...outbound]) listener.kill()
    for (const { cluster } of clusters) cluster.kill()
    tells.ended(exitCode, reason)
  }

  const startInbound = (listener: InboundListener, identity: Identity | undefined): void => {
    const route = routeOf('inbound', listener)
    const { address, port } = listener.app
    clusters.push({ cluster: route.cluster, fill: () => {} })
    route.cluster.set(
      ['app'],
      () =>
        new PlaneHost({
          address,
          port,
          from: undefined,
          protocol: listener.protocol,
          tls: undefined,
          idleKeptMs: settings.appIdleKeptMs,
          settings,
          onEmpty: (host) => route.cluster.forget(host),
        }),
    )
    const what = `for ${listener.discoveryName} (${listener.protocol}), to the application at ${address}:${port}`
    inbound.push(listenAt(listener, route, identity, what))
  }

  const startOutbound = (listener: OutboundListener, ca: string | undefined): void => {
    const route = routeOf('outbound', listener)
    const { cluster } = route
    const tls = ca === undefined ? undefined : { ca, serverName: listener.discoveryName }
    const fill = (instances: readonly EndpointInstance[]): void => {
      const byKey = new Map(instances.map((instance) => [keyOf(instance), instance]))
      cluster.set([...byKey.keys()], (key) => {
        const { address = '', port = 0 } = byKey.get(key) ?? {}
        return new PlaneHost({
          address,
          port,
          from: spec.taskAddress,
          protocol: listener.protocol,
          tls,
          idleKeptMs: settings.peerIdleKeptMs,
          settings,
          onEmpty: (host) => cluster.forget(host),
        })
      })
    }
    fill(world.instancesOf(listener.endpointId))
    clusters.push({
      cluster,
      fill: (endpointId, instances) => endpointId === listener.endpointId && fill(instances),
    })
    const what = `for ${listener.alias} (${listener.protocol}), to the endpoint ${listener.discoveryName}`
    outbound.push(listenAt(listener, route, undefined, what))
  }

  const listenAt = (
    { address, port, protocol }: InboundListener | OutboundListener,
    route: Route,
    identity: Identity | undefined,
    what: string,
  ): Listener =>
    startListener({
      place: { address, port },
      protocol,
      route,
      identity,
      listening(at) {
        if (over) return
        tells.log([`[info] listening on ${address}:${at} ${what}`])
        if (--waiting === 0) tells.ready()
      },
      failed: (reason) => end(1, reason),
      note: (line) => tells.log([`[warning] ${address}:${port}: ${line}`]),
    })

  const begin = async (): Promise<void> => {
    const secured = [...spec.inbound, ...spec.outbound].some(({ tls }) => tls)
    const authority = secured ? await world.authority() : undefined
    const identities = await Promise.all(
      spec.inbound.map(({ tls, discoveryName, address }) =>
        tls ? authority?.issue([discoveryName], address) : undefined,
      ),
    )
    if (over || quiet !== 'no') return
    for (const [index, listener] of spec.inbound.entries()) startInbound(listener, identities[index])
    for (const listener of spec.outbound)
      startOutbound(listener, listener.tls ? authority?.certificate : undefined)
    if (waiting === 0) tells.ready()
  }
  begin().catch((error: unknown) => end(1, `it could not start: ${String(error)}`))

  const becomeQuiet = (): void => {
    if (quiet === 'yes' || over) return
    quiet = 'yes'
    clearTimeout(graceTimer)
    clearTimeout(waitTimer)
    for (const listener of inbound) listener.kill()
    tells.drained()
    if (endWhenQuiet) end(0)
  }

  const quiesce = (waitMs: number): void => {
    if (quiet !== 'no' || over) return
    quiet = 'begun'
    tells.log(['[info] draining: no new connections'])
    waitTimer = setTimeout(becomeQuiet, waitMs)
    let left = inbound.length
    if (left === 0) {
      becomeQuiet()
      return
    }
    for (const listener of inbound)
      listener.drain(() => {
        if (--left === 0) becomeQuiet()
      })
    graceTimer = setTimeout(
      () => {
        for (const listener of inbound) listener.closeIdle()
      },
      Math.min(idleGraceMs, waitMs / 2),
    )
  }

  return {
    counters,
    setInstances(endpointId, instances) {
      for (const { fill } of clusters) fill(endpointId, instances)
    },
    quiesce,
    drain(waitMs) {
      endWhenQuiet = true
      if (quiet === 'yes') end(0)
      else quiesce(waitMs)
    },
    kill: () => end(137),
  }
}
