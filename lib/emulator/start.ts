import { type Clock, systemClock } from './clock'
import { startEndpointChecker } from './cloud-map/endpoint-checker'
import { probeEndpoint } from './cloud-map/probe-endpoint'
import { readGroupUsage } from './cloudwatch/process-usage'
import { makeMetricStore } from './cloudwatch/store'
import { makeTrafficSink } from './cloudwatch/traffic-sink'
import { startUsageMeter } from './cloudwatch/usage-meter'
import { defaultConfig, type EmulatorConfig } from './config'
import type { Log, Services } from './context'
import { makeFaultSwitchboard } from './control/fault-switchboard'
import { makeFaultyDispatch } from './control/faulty-dispatch'
import { countInventory } from './control/inventory'
import { makeControlRoute } from './control/routes'
import { type DnsServer, startDnsServer } from './dns/server'
import type { ZoneSource } from './dns/zone'
import { buildZoneSource } from './dns/zones'
import { makeExecSessions } from './exec/sessions'
import { makeDataChannels } from './exec/upgrade'
import { type Ids, randomIds } from './ids'
import { makeLogStore } from './logs/store'
import { readBindError } from './runtime/loopback'
import { makeProcessRuntime } from './runtime/process-runtime'
import type { RuntimeListener } from './runtime/runtime'
import { makeSimulatedRuntime } from './runtime/simulated-runtime'
import { makeRuntimeSlot } from './runtime-slot'
import { startScheduler } from './scheduler/loop'
import type { DataPlane } from './service-connect/data-plane'
import { tellAllProxies } from './service-connect/instances'
import { makeDataPlane as makeSeparatePlane } from './service-connect/make-data-plane'
import { makeRegions } from './state/region'
import { makeStoppableClock } from './stoppable-clock'
import { makeDurableDispatch } from './store/durable-dispatch'
import { type KeptState, openKeptState } from './store/kept-state'
import { resumeWaiting, reviveTasks } from './store/revive-tasks'
import { type ApiRequest, makeDispatch } from './wire/dispatch'
import { requireLoopback, toListenError } from './wire/listen-error'
import { nameAction } from './wire/name-action'
import { jsonServices, queryServices } from './wire/operations'
import { startWireServer } from './wire/server'

/** A running local cloud. */
export type LocalCloud = {
  /** For example `http://127.0.0.1:4680`: the endpoint of every AWS client. */
  readonly url: string
  readonly port: number
  readonly dns: { readonly host: string; readonly port: number }
  readonly services: Services
  /** Empties it: every account and region, every task, every log. */
  reset(): Promise<void>
  /** Ends every task and both servers. */
  stop(): Promise<void>
}

export type LocalCloudOptions = Partial<EmulatorConfig> & {
  readonly clock?: Clock
  readonly ids?: Ids
  readonly log?: Log
  readonly random?: () => number
  /** What carries Service Connect traffic; a process of its own unless told otherwise. */
  readonly makeDataPlane?: () => DataPlane
}

/**
 * Starts a local cloud. Rejects with a `ListenError` when a port cannot be had and with a `StoreError` when the state
 * folder cannot be used; nothing is left running then.
 */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const {
    clock: baseClock = systemClock,
    ids = randomIds,
    log = () => {},
    random = Math.random,
    makeDataPlane = () => makeSeparatePlane({ log }),
    ...rest
  } = options
  const config: EmulatorConfig = { ...defaultConfig, ...rest }
  // Before anything listens: the DNS server and the address claim come first.
  requireLoopback(config.host)
  const clock = makeStoppableClock(baseClock)
  const kept = await openState(config, clock, log)
  const regions = kept?.regions ?? makeRegions()
  const logs = makeLogStore({ now: clock.now })
  const metrics = makeMetricStore()
  const meter = startUsageMeter({
    clock,
    regions,
    metrics,
    read: readGroupUsage,
    untracked: (look) => (kept ? kept.tracked.untracked(look) : look()),
  })

  // The runtime reports to the scheduler, which needs the services, which hold the runtime.
  let listener: RuntimeListener = () => {}
  let dns: DnsServer | undefined
  const dnsAddress = () => ({ host: config.host, port: dns?.port ?? 0 })
  const slot = await makeRuntimeSlot(async () => {
    const told: RuntimeListener = (event) => {
      kept?.ledger.onRuntimeEvent(event)
      meter.onRuntimeEvent(event)
      listener(event)
    }
    return config.runtime === 'simulated'
      ? makeSimulatedRuntime({ clock, listener: told })
      : makeProcessRuntime({
          config,
          clock,
          log,
          logSink: logs,
          listener: told,
          dns: dnsAddress,
          makeDataPlane,
          traffic: makeTrafficSink(metrics, clock.now),
        })
  }).catch(async (error: unknown) => {
    meter.stop()
    await kept?.close()
    throw error
  })

  const faults = makeFaultSwitchboard()
  let apiPort = config.port
  const exec = makeExecSessions({ clock, ids, place: () => `${config.host}:${apiPort}` })
  const services: Services = {
    exec,
    config,
    clock,
    ids,
    log,
    regions,
    runtime: slot.runtime,
    logs,
    metrics,
    random,
    faults,
    wakeScheduler: (scope) => scheduler.wake(scope),
  }
  const scheduler = startScheduler(services)
  listener = (event) => scheduler.onRuntimeEvent(event)

  const checker = startEndpointChecker({ ...services, probe: probeEndpoint })

  const reset = async () => {
    await slot.exchange(() => {
      if (kept) kept.empty()
      else regions.clear()
      logs.clear()
      metrics.clear()
      exec.clear()
      faults.clear()
    })
    await kept?.keeper.keep()
  }
  const stopInside = async () => {
    scheduler.stop()
    checker.stop()
    meter.stop()
    try {
      // Before the tasks end: what is stored says that they ran.
      await kept?.keeper.finish()
    } finally {
      await slot.runtime.close()
      clock.stop()
      await kept?.close()
    }
  }

  const contexts = () => [...regions.all()].map((state) => ({ ...services, state, scope: state.scope }))

  try {
    if (kept?.restored) {
      for (const context of contexts()) {
        reviveTasks(context)
        tellAllProxies(context)
      }
      await kept.keeper.keep()
    }
    dns = await startDns(
      config,
      buildZoneSource(regions, { defaultScope: scopeOf(config), scopeOf: slot.runtime.scopeOf }),
      random,
    )
    const nameOf = (request: ApiRequest) => nameAction(request, jsonServices, queryServices)
    const plainDispatch = makeDispatch(services, jsonServices, queryServices)
    const dispatch = kept
      ? makeDurableDispatch({ dispatch: plainDispatch, nameAction: nameOf, ...kept })
      : plainDispatch
    const channels = makeDataChannels(services)
    const server = await startWireServer({
      host: config.host,
      port: config.port,
      extraHosts: config.extraHosts,
      dispatch: config.faults
        ? makeFaultyDispatch({
            dispatch,
            faults,
            nameAction: nameOf,
            clock,
            defaultAccountId: config.defaultAccountId,
          })
        : dispatch,
      control: makeControlRoute({
        config,
        dns: dnsAddress,
        pid: process.pid,
        lowestPort: () => slot.runtime.lowestPort,
        inventory: () => countInventory({ clock, config }, regions.all()),
        reset,
        state: kept,
        faults: config.faults ? { switchboard: faults, makeId: ids.uuid } : undefined,
      }),
      makeRequestId: ids.uuid,
      log,
      upgrade: channels.upgrade,
    })
    apiPort = server.port
    for (const context of contexts()) {
      resumeWaiting(context)
      scheduler.wake(context.scope)
    }
    return {
      url: `http://${config.host}:${server.port}`,
      port: server.port,
      dns: dnsAddress(),
      services,
      reset,
      async stop() {
        channels.stop()
        await server.stop()
        await stopInside()
        await dns?.stop()
      },
    }
  } catch (error) {
    await stopInside()
    await dns?.stop()
    throw error
  }
}

/** A port that is taken is the likelier mistake, and leaves no folder behind. */
async function openState(config: EmulatorConfig, clock: Clock, log: Log): Promise<KeptState | undefined> {
  const { stateDir, host, port } = config
  if (stateDir === null) return undefined
  const code = port === 0 ? undefined : await readBindError(host, port)
  if (code !== undefined) throw toListenError(Object.assign(new Error(code), { code }), host, port, '--port')
  return openKeptState(stateDir, { clock, log })
}

const scopeOf = (config: EmulatorConfig) => ({
  accountId: config.defaultAccountId,
  region: config.defaultRegion,
})

async function startDns(config: EmulatorConfig, zones: ZoneSource, random: () => number): Promise<DnsServer> {
  try {
    return await startDnsServer({ host: config.host, port: config.dnsPort, zones, random })
  } catch (error) {
    throw toListenError(error, config.host, config.dnsPort, '--dns-port')
  }
}
