import 'server-only'
import { type ExecError, toExecError } from '@/lib/exec/exec-error'
import type { ScriptOutcome } from '@/lib/exec/run-script'
import type { ServiceNode } from '@/lib/topology/model'
import { makeChannel } from '../channel'
import { nameOf, type ProbeWorld } from '../run'
import { type Callable, notCalled, nothingToCall, toBodySample } from '../run-attempt'
import { resolve } from '../run-resolve'
import { tellAnswer, tellConnect, tellDiscover, tellPick, tellRequest, toPlace, toStep } from '../run-step'
import { addEvent, emptySpread, toCounts } from '../spread'
import type { Caller, CallRequest, StepName, TripEvent } from '../trip'
import { attemptFromTask, attemptNotEntered, calledAddress, outcomeOf } from './outcome'
import { type NoPlace, placeAt, placeByAlias, placeByDns, type TaskPlace } from './place'
import { readReport } from './read-report'
import { buildScript } from './script'
import { tellChosen, tellEntered, tellName, tellNotEntered } from './tell'

/** A call from inside a task touches the world in one more way. */
export type TaskProbeWorld = ProbeWorld & {
  /** Runs a script in the caller's task. Throws `ExecError`, or the reason of `signal`. `onBegun`: the session stood. */
  runScript(script: string, signal: AbortSignal, onBegun: (afterMs: number) => void): Promise<ScriptOutcome>
  /** Hexadecimal digits that nobody can guess. */
  makeMark(): string
}

const isPlace = (one: TaskPlace | NoPlace): one is TaskPlace => 'host' in one

/**
 * Makes one call from inside a task and tells the same trip as a call from the console: what the name meant there, the connection, the
 * answer, and who gave it. `aliasProblem`: what the map knows against the alias in the caller's tasks. The request is made by one small command; what it prints is read here.
 *
 * @throws the reason of `signal` when it is stopped
 */
export function runFromTask(
  request: CallRequest,
  service: ServiceNode,
  { aliasProblem, ...caller }: Caller & { readonly aliasProblem: string | null },
  world: TaskProbeWorld,
  signal: AbortSignal,
): AsyncIterable<TripEvent> {
  const channel = makeChannel<TripEvent>(16)
  const runId = world.makeRunId()
  const startedAt = world.now()
  const isAlias = request.via === 'alias'
  const name = isAlias
    ? (service.connect?.endpoints[0]?.alias ?? null)
    : request.via === 'tasks'
      ? null
      : nameOf(service)
  let spread = emptySpread

  const emit = (event: TripEvent): Promise<boolean> => {
    spread = addEvent(spread, event)
    return channel.send(event)
  }
  const step = (step: StepName, began: number, durationMs: number, told: Parameters<typeof toStep>[3]) =>
    emit(toStep(step, began - startedAt, durationMs, told))

  /** Discovered here, called from there: what a program with Cloud Map's API does. */
  const discovered = async (): Promise<{
    readonly place: TaskPlace | NoPlace
    readonly reach: Awaited<ReturnType<typeof resolve>>['reach']
  }> => {
    const asked = { via: request.via, port: request.port ?? null }
    const { chosen, discover, reach } = await resolve(service, asked, world, world.around, world.now, signal)
    if (request.via === 'discover')
      await step('resolve-by-discover', startedAt, discover?.durationMs ?? 0, tellDiscover(discover))
    const candidates = chosen?.candidates ?? []
    const callable = candidates.filter((one): one is Callable => one.refusal === null && one.port !== null)
    const picked = callable[Math.floor(world.chance() * callable.length)]
    if (!picked) return { place: nothingToCall(chosen, discover), reach }
    await step('pick', world.now(), 0, tellPick(picked, callable.length, candidates))
    return { place: placeAt(picked, request.via === 'tasks' ? null : nameOf(service)), reach }
  }

  const reachNowhere = { ...world.around, instanceAddresses: new Set<string>(), ports: new Set<number>() }

  const call = async (): Promise<void> => {
    const { place, reach } =
      isAlias || request.via === 'dns'
        ? { place: (isAlias ? placeByAlias : placeByDns)(service, request.port ?? null), reach: reachNowhere }
        : await discovered()
    if (!isPlace(place)) {
      await emit(notCalled(0, world.wallNow(), place))
      return
    }
    const { method, path } = request
    const mark = world.makeMark()
    const script = buildScript({ ...place, method, path, callId: `${runId}.0` }, mark)
    const enteringAt = world.now()
    let begunAt: number | null = null
    const ran = await world
      .runScript(script, signal, (afterMs) => {
        begunAt = world.now()
        void step('enter', enteringAt, afterMs, tellEntered(caller.taskId, caller.container))
      })
      .then(
        ({ output }) => ({ output, failure: null }),
        (error: unknown): { output: Buffer | null; failure: ExecError } => {
          signal.throwIfAborted()
          const failure = toExecError(error)
          return { output: failure.output, failure }
        },
      )
    const endedAt = world.now()
    if (ran.output === null || (ran.failure && ran.output.length === 0)) {
      const failure = ran.failure ?? toExecError(new Error('Nothing came back.'))
      if (begunAt === null)
        await step('enter', enteringAt, endedAt - enteringAt, tellNotEntered(failure.message))
      await emit(attemptNotEntered(failure, world.wallNow()))
      return
    }

    const report = readReport(ran.output, mark)
    const measured = outcomeOf(report, endedAt - (begunAt ?? enteringAt))
    const outcome =
      ran.failure?.problem === 'too-much' && measured.status !== null
        ? { ...measured, errorKind: 'body-too-large' as const, errorMessage: ran.failure.message }
        : isAlias && measured.errorKind === 'resolve' && aliasProblem !== null
          ? { ...measured, errorMessage: aliasProblem }
          : measured
    const began = begunAt ?? enteringAt
    const lookupMs = report.times?.lookupMs ?? 0
    const address = calledAddress(report, place)
    if (place.picked === null) {
      await step(
        isAlias ? 'resolve-by-alias' : 'resolve-by-dns',
        began,
        lookupMs,
        tellName(report, place, service, isAlias, aliasProblem),
      )
      if (outcome.errorKind !== 'resolve' && report.tool !== null)
        await step('pick', began + lookupMs, 0, tellChosen(address, place, service, isAlias))
    }
    if (outcome.errorKind !== 'resolve' && report.tool !== null) {
      const at = address === null ? toPlace(place.host, place.port) : toPlace(address, place.port)
      await step('connect', began + lookupMs, outcome.connectMs ?? outcome.totalMs, tellConnect(outcome, at))
      if (outcome.connectMs !== null) {
        const connectedAt = began + (report.times?.connectMs ?? 0)
        await step('request', connectedAt, outcome.firstByteMs ?? 0, tellRequest(outcome, method, path))
        if (outcome.status !== null) {
          const headAt = began + (report.times?.firstByteMs ?? 0)
          const bodyMs = Math.max(0, outcome.totalMs - (report.times?.firstByteMs ?? 0))
          await step('answer', headAt, bodyMs, tellAnswer(outcome, outcome.status))
        }
      }
    }
    const attempt = attemptFromTask(report, outcome, place, service, {
      atMs: world.wallNow(),
      isProxied: isAlias,
    })
    if (outcome.status !== null) {
      const shown: Callable = place.picked ?? {
        address: address ?? '0.0.0.0',
        port: place.port,
        health: null,
        instanceId: null,
        refusal: null,
      }
      await emit(toBodySample(0, shown, outcome, reach))
    }
    await emit(attempt)
  }

  const work = async (): Promise<void> => {
    await emit({
      type: 'run-started',
      runId,
      atMs: world.wallNow(),
      serviceId: service.id,
      serviceName: service.name,
      host: name ?? service.name,
      via: request.via,
      method: request.method,
      path: request.path,
      count: 1,
      concurrency: 1,
      caller,
    })
    await call()
    await emit({
      type: 'run-finished',
      atMs: world.wallNow(),
      durationMs: world.now() - startedAt,
      counts: toCounts(spread),
    })
  }

  work().then(channel.close, channel.fail)
  return channel
}
