import 'server-only'
import { setMaxListeners } from 'node:events'
import type { ServiceNode } from '@/lib/topology/model'
import type { CallOutcome, CallPlan, CallProgress } from './call'
import type { Surroundings } from './candidates'
import { makeChannel } from './channel'
import { makeRoundRobin } from './pick'
import { type Callable, hostHeader, notCalled, nothingToCall, toAttempt, toBodySample } from './run-attempt'
import { type Finders, makeResolutions, resolve } from './run-resolve'
import {
  tellAnswer,
  tellConnect,
  tellDiscover,
  tellDns,
  tellPick,
  tellRequest,
  toPlace,
  toStep,
} from './run-step'
import { addEvent, emptySpread, toCounts } from './spread'
import type { CallRequest, Candidate, StepName, TripEvent } from './trip'

/** The world as a run sees it; everything that touches anything is passed in. */
export type ProbeWorld = Finders & {
  /** The service as the map has it now; null when it is gone. */
  readService(serviceId: string): ServiceNode | null
  readonly around: Surroundings
  call(plan: CallPlan, signal: AbortSignal, progress?: CallProgress): Promise<CallOutcome>
  /** Milliseconds of a monotonic clock. */
  now(): number
  /** Epoch milliseconds. */
  wallNow(): number
  /** 0 to below 1. */
  chance(): number
  makeRunId(): string
}

const isCallable = (candidate: Candidate): candidate is Callable =>
  candidate.refusal === null && candidate.port !== null

/** The name a caller would use: the DNS name, else Cloud Map's own. */
export const nameOf = (service: ServiceNode): string | null =>
  service.discovery &&
  (service.discovery.dnsName ?? `${service.discovery.name}.${service.discovery.namespaceName}`)

/** Events waiting for a slow reader; the calls wait with them. */
const queueLength = 64

/**
 * Makes the calls of one request and tells them as they happen. The first call is told step by step. Ends early when
 * there is nothing (any more) to call; what was not made is counted as such.
 *
 * @throws the reason of `signal` when it is stopped
 */
export const run = (
  request: CallRequest,
  service: ServiceNode,
  world: ProbeWorld,
  signal: AbortSignal,
): AsyncIterable<TripEvent> => {
  const channel = makeChannel<TripEvent>(queueLength)
  // Every call under way listens to it, and so do the two ways of resolving.
  setMaxListeners(request.concurrency + 10, signal)
  const runId = world.makeRunId()
  const startedAt = world.now()
  const name = request.via === 'tasks' ? null : nameOf(service)
  const pick = makeRoundRobin(world.chance)
  let spread = emptySpread
  /** Turns false once there is nothing to call, or nobody who listens. */
  let goOn = true

  const emit = (event: TripEvent): Promise<boolean> => {
    spread = addEvent(spread, event)
    return channel.send(event)
  }
  const step = (step: StepName, began: number, durationMs: number, told: Parameters<typeof toStep>[3]) =>
    emit(toStep(step, began - startedAt, durationMs, told))
  const readService = () => world.readService(request.serviceId) ?? service
  const readResolution = makeResolutions(
    () =>
      resolve(
        readService(),
        { via: request.via, port: request.port ?? null },
        world,
        world.around,
        world.now,
        signal,
      ),
    world.now,
  )

  const attempt = async (index: number): Promise<void> => {
    const told = index === 0
    const { chosen, discover, dns, disagreements, reach } = await readResolution()
    if (told) {
      await step('resolve-by-discover', startedAt, discover?.durationMs ?? 0, tellDiscover(discover))
      await step('resolve-by-dns', startedAt, dns?.durationMs ?? 0, tellDns(dns, disagreements))
    }
    const candidates = chosen?.candidates ?? []
    const callable = candidates.filter(isCallable)
    const picked = callable.length > 0 ? callable[pick(callable.length)] : undefined
    if (!picked) {
      // One failed attempt says it; the others under way at the same moment would only repeat it.
      const first = goOn
      goOn = false
      if (first) await emit(notCalled(index, world.wallNow(), nothingToCall(chosen, discover)))
      return
    }

    const place = toPlace(picked.address, picked.port)
    const began = world.now()
    if (told) await step('pick', began, 0, tellPick(picked, callable.length, candidates))
    const { method, path } = request
    const tellProgress: CallProgress = {
      onConnected: (connectMs) =>
        void step('connect', began, connectMs, tellConnect({ connectMs, errorKind: null }, place)),
      onHeaders: (firstByteMs, status) =>
        void step(
          'request',
          world.now() - firstByteMs,
          firstByteMs,
          tellRequest({ status, errorKind: null }, method, path),
        ),
    }
    const plan: CallPlan = {
      address: picked.address,
      port: picked.port,
      host: hostHeader(name, picked),
      method,
      path,
      callId: `${runId}.${index}`,
    }
    const outcome = await world.call(plan, signal, told ? tellProgress : undefined)
    if (told) {
      const { connectMs, firstByteMs, status, totalMs } = outcome
      if (connectMs === null) await step('connect', began, totalMs, tellConnect(outcome, place))
      else if (status === null)
        await step('request', began + connectMs, totalMs - connectMs, tellRequest(outcome, method, path))
      else {
        const headersMs = connectMs + (firstByteMs ?? 0)
        await step('answer', began + headersMs, totalMs - headersMs, tellAnswer(outcome, status))
      }
    }
    if (request.count === 1 && outcome.status !== null)
      await emit(toBodySample(index, picked, outcome, reach))
    const heard = await emit(toAttempt(index, world.wallNow(), picked, outcome, readService()))
    if (!heard) goOn = false
  }

  const work = async () => {
    let next = 0
    const worker = async () => {
      while (goOn && next < request.count) {
        signal.throwIfAborted()
        const index = next
        next += 1
        await attempt(index)
      }
    }
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
      count: request.count,
      concurrency: request.concurrency,
      caller: null,
    })
    await Promise.all(Array.from({ length: Math.min(request.concurrency, request.count) }, worker))
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
