import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Clock } from '../clock'
import type { EmulatorConfig } from '../config'
import type { Log } from '../context'
import type { Scope } from '../scope'
import type { DataPlane } from '../service-connect/data-plane'
import type { TrafficSink } from '../service-connect/traffic-sink'
import { claimAddressBlock } from './address-block'
import { makeAddressPool } from './address-pool'
import { claimAliasBlock } from './alias-block'
import { captureOutput } from './capture-output'
import { containerCommand } from './container-command'
import { startContainerProcess } from './container-process'
import { makeExecPrograms } from './exec-programs'
import { startGuardian } from './guardian'
import { planHealthCheck } from './health-command'
import { startHealthLoop } from './health-loop'
import { readHttpCheck } from './http-check'
import { aliasCount, loopbackRemedy, readBindError } from './loopback'
import { readLowestPort } from './low-ports'
import { makeProxyContainers } from './proxy-containers'
import { runCheck } from './run-check'
import type { LogSink, Runtime, RuntimeListener, TaskSpec } from './runtime'
import type { TaskLookup } from './simulated-runtime'
import { addressesOf, allocateAll, isAlias } from './task-addresses'
import { buildTaskEnvironment, type HostFacts } from './task-environment'
import { type StartContainer, startTaskRun, type TaskRun } from './task-run'

export type ProcessRuntimeOptions = {
  readonly config: EmulatorConfig
  readonly clock: Clock
  readonly log: Log
  readonly logSink: LogSink
  readonly listener: RuntimeListener
  /** Where tasks ask for names. Read at the start of each container, since the server may come up later. */
  readonly dns: () => { readonly host: string; readonly port: number }
  /** Carries Service Connect traffic; called at the first task with a proxy. Without it such a task can not start. */
  readonly makeDataPlane?: (() => DataPlane) | undefined
  readonly traffic?: TrafficSink | undefined
}

/**
 * Runs every container as a process of this machine, in a process group of its own, with the task's own loopback
 * address. See `programs/preload.cjs` for what makes a Node program feel at home there.
 *
 * Other programs get the address as `SWITCHBOARD_ADDRESS`: a command that listens on 0.0.0.0 without Node really does,
 * and names of the local cloud resolve for it only through its DNS server.
 */
export async function makeProcessRuntime(options: ProcessRuntimeOptions): Promise<Runtime & TaskLookup> {
  const { clock, listener, log } = options
  const claimed = await claimAddressBlock()
  const pool = makeAddressPool(claimed?.block ?? 10, process.platform === 'linux' ? undefined : aliasCount)
  const claimedAliases = await claimAliasBlock()
  const aliases = typeof claimedAliases === 'string' ? undefined : claimedAliases
  const proxies = makeProxyContainers({ ...options, drainMs: options.config.proxyDrainMs })
  const guardian = startGuardian(log)
  const programs = makeExecPrograms(guardian, fileURLToPath(new URL('./programs/shims', import.meta.url)))
  const lowestPort = options.config.lowestPort ?? readLowestPort()
  const runs = new Map<string, TaskRun>()
  const scopes = new Map<string, Scope>()
  let onEmpty: (() => void) | undefined
  const pathOf = (file: string): string => fileURLToPath(new URL(`./programs/${file}`, import.meta.url))
  const preloadPath = pathOf('preload.cjs')
  const programPath = (name: string): string => pathOf(`${name}.mjs`)

  const readObstacle = async (task: TaskSpec): Promise<string | undefined> => {
    const error = claimed ? await readBindError(task.address) : 'EADDRNOTAVAIL'
    return (
      error &&
      `CannotStartContainerError: cannot use the address ${task.address} (${error}). ${loopbackRemedy}`
    )
  }

  const release = (address: string): void => (isAlias(address) ? aliases : pool)?.release(address)

  const startContainer: StartContainer = (task, container, events) => {
    if (container.proxy) return proxies.start(task, container, events)
    const facts: HostFacts = {
      path: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
      temporaryDirectory: tmpdir(),
      preloadPath,
      nodeDirectory: dirname(process.execPath),
      dns: options.dns(),
      lowestPort,
    }
    const environment = { ...buildTaskEnvironment(task, container, facts), ...guardian.environment }
    programs.enter(task.taskId, container.name, environment)
    const command = containerCommand(container, { nodePath: process.execPath, programPath })
    const output = captureOutput(clock, (lines) =>
      options.logSink.append(task.scope, container.log.group, container.log.stream, lines),
    )
    if (command.note) output.note(command.note)
    const { healthCheck } = container
    let health: { stop(): void } | undefined

    const startHealth = (): void => {
      if (!healthCheck) return
      const plan = planHealthCheck(healthCheck.command, task, environment)
      if (plan.kind === 'none') {
        const form = healthCheck.command[0] ?? ''
        if (form !== 'NONE')
          log(
            'warn',
            `The health check of ${container.name} starts with "${form}", not CMD or CMD-SHELL; Docker ignores it.`,
          )
        return
      }
      let problemTold = false
      const readCheck = async (timeoutMs: number, signal: AbortSignal): Promise<boolean> => {
        if (plan.kind === 'http') return readHttpCheck(plan.check, { ...task, lowestPort }, timeoutMs)
        const { passed, problem } = await runCheck(plan, environment, timeoutMs, guardian, signal)
        if (problem && !problemTold) output.note(`[local cloud] the health check cannot be run: ${problem}`)
        problemTold ||= problem !== undefined
        return passed
      }
      health = startHealthLoop(healthCheck, clock, readCheck, events.health)
    }

    const running = startContainerProcess(command, environment, guardian, {
      output: (stream) => output.add(stream),
      started(pid) {
        events.started({ pid, standIn: command.standIn })
        startHealth()
      },
      failed(reason) {
        programs.leave(task.taskId, container.name)
        output.note(`[local cloud] ${reason}`)
        output.finish()
        events.failed(reason)
      },
      exited(exitCode) {
        health?.stop()
        programs.leave(task.taskId, container.name)
        output.finish()
        events.exited(exitCode)
      },
    })
    return { terminate: () => running.signal('SIGTERM'), kill: () => running.signal('SIGKILL') }
  }

  return {
    name: 'process',
    lowestPort,
    canExecute: true,
    execute: (target, size, events) => programs.execute(target, size, events),
    allocateAddress: () => pool.allocate(),
    allocateProxyAddresses(aliasCount) {
      if (typeof claimedAliases === 'string') throw new Error(claimedAliases)
      return allocateAll(pool, claimedAliases, aliasCount)
    },
    releaseAddress: release,
    setInstances: (endpointId, instances) => proxies.setInstances(endpointId, instances),
    scopeOf: (address) => scopes.get(address),
    start(task) {
      scopes.set(task.address, task.scope)
      const onEnded = (): void => {
        runs.delete(task.taskId)
        scopes.delete(task.address)
        for (const address of addressesOf(task)) release(address)
        if (runs.size === 0) onEmpty?.()
      }
      const world = { clock, listener, startContainer, onEnded, readObstacle: () => readObstacle(task) }
      runs.set(task.taskId, startTaskRun(task, world))
    },
    stop: (taskId) => runs.get(taskId)?.stop(),
    async close() {
      if (runs.size > 0) {
        const empty = new Promise<void>((resolve) => {
          onEmpty = resolve
        })
        for (const run of [...runs.values()]) run.kill()
        await empty
      }
      await proxies.close()
      await guardian.stop()
      await aliases?.giveUp()
      await claimed?.release()
    },
  }
}
