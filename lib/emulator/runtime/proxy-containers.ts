import type { Clock } from '../clock'
import type { DataPlane } from '../service-connect/data-plane'
import type { EndpointInstance, ProxySpec } from '../service-connect/proxy-spec'
import type { TrafficOwner, TrafficSink } from '../service-connect/traffic-sink'
import type { LogSink, RuntimeListener } from './runtime'
import type { StartContainer } from './task-run'
import { type WatchedPort, type WatchPorts, watchPorts } from './watch-ports'

/** The sidecars of Service Connect, which are no processes: each is a proxy of the data plane. */
export type ProxyContainers = {
  readonly start: StartContainer
  /** See `Runtime.setInstances`. */
  setInstances(endpointId: string, instances: readonly EndpointInstance[]): void
  close(): Promise<void>
}

export type ProxyContainersOptions = {
  readonly clock: Clock
  readonly logSink: LogSink
  readonly listener: RuntimeListener
  /** Called at the first proxy: who never uses Service Connect pays nothing for it. */
  readonly makeDataPlane?: (() => DataPlane) | undefined
  readonly traffic?: TrafficSink | undefined
  /** See `EmulatorConfig.proxyDrainMs`. */
  readonly drainMs: number
  /** How ports of an application are watched; by connecting to them unless told otherwise. */
  readonly watch?: WatchPorts
}

/** Docker's for a container that could not go on. */
const exitCodeOfFailure = 1
/** An application that takes no connection after this long is registered all the same, as on AWS. */
const reachableWithinMs = 10_000
/** Reports about a proxy may come a moment after its end. */
const ownerKeptMs = 10_000

/** See `ProxyContainers`. The data plane is started once and told of every endpoint that is known by then. */
export function makeProxyContainers(options: ProxyContainersOptions): ProxyContainers {
  const { clock, listener, watch = watchPorts } = options
  const endpoints = new Map<string, readonly EndpointInstance[]>()
  const owners = new Map<string, TrafficOwner>()
  let plane: DataPlane | undefined

  const startPlane = (): DataPlane => {
    if (!options.makeDataPlane) throw new Error('nothing carries Service Connect traffic here.')
    const made = options.makeDataPlane()
    made.onTraffic((reports) => options.traffic?.onTraffic(reports, (taskId) => owners.get(taskId)))
    for (const [endpointId, instances] of endpoints) made.setInstances(endpointId, instances)
    return made
  }

  return {
    start(task, container, events) {
      const { proxy } = container
      if (!proxy) throw new Error(`The container ${container.name} is no proxy.`)
      plane ??= startPlane()
      const { taskId, scope } = task
      const write = (lines: readonly string[]): void => {
        const atMs = clock.now()
        const { group, stream } = container.log
        options.logSink.append(
          scope,
          group,
          stream,
          lines.map((message) => ({ atMs, message })),
        )
      }
      owners.set(taskId, ownerOf(proxy))
      let isReady = false
      let onDrained: (() => void) | undefined
      let stopWatching = (): void => undefined

      const watchApplication = (): void => {
        if (proxy.inbound.length === 0) return
        const ports = proxy.inbound.map(({ app }) => app)
        stopWatching = watch(ports, clock, reachableWithinMs, (missing) => {
          write(missing.map(notListening))
          listener({ kind: 'task-reachable', taskId, scope, atMs: clock.now() })
        })
      }
      const end = (): void => {
        stopWatching()
        clock.after(ownerKeptMs, () => owners.delete(taskId))
        onDrained?.()
        onDrained = undefined
      }
      const handle = plane.start(proxy, {
        ready() {
          isReady = true
          events.started({ standIn: false })
          events.health('HEALTHY')
          watchApplication()
        },
        log: write,
        drained() {
          onDrained?.()
          onDrained = undefined
        },
        ended(exitCode, reason) {
          if (reason !== undefined) write([`[local cloud] ${reason}`])
          end()
          if (isReady) events.exited(exitCode, reason)
          else if (exitCode === 0) events.exited(exitCode)
          else events.failed(`CannotStartContainerError: ${reason ?? `exit code ${exitCodeOfFailure}`}`)
        },
      })
      return {
        ...(handle.quiesce && {
          quiesce(done: () => void) {
            onDrained = done
            handle.quiesce?.(options.drainMs)
          },
        }),
        terminate: () => handle.drain(options.drainMs),
        kill: () => handle.kill(),
      }
    },
    setInstances(endpointId, instances) {
      if (instances.length === 0) endpoints.delete(endpointId)
      else endpoints.set(endpointId, instances)
      plane?.setInstances(endpointId, instances)
    },
    close: async () => plane?.close(),
  }
}

const notListening = ({ address, port }: WatchedPort): string =>
  `[local cloud] nothing listens on ${address}:${port} yet; calls to this task get 503 until it does`

const ownerOf = ({ scope, clusterName, serviceName }: ProxySpec): TrafficOwner => ({
  scope,
  clusterName,
  serviceName,
})
