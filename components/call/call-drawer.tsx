'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { aliasProblem } from '@/lib/probe/from-task/alias-problem'
import { pathPresets, portsOfWay, waysFromTask, waysOf } from '@/lib/probe/preset'
import type { AttemptFinished, CallRequest, Method, Via } from '@/lib/probe/trip'
import type { ServiceNode, Topology } from '@/lib/topology/model'
import { cn } from '../ui/class-names'
import { CallBar } from './call-bar'
import type { CallForm } from './call-form'
import { CallOutcome } from './call-outcome'
import { ExecMissing } from './exec-missing'
import { Explain } from './explain'
import { provesReached } from './proxy-answer'
import { SpreadPanel } from './spread-panel'
import { TripStatus } from './trip-status'
import { useExecState } from './use-exec-state'
import { usePath } from './use-remembered'
import { useTrip } from './use-trip'
import { verifiedCallsOf } from './verified'

/** Few enough that the calls do not slow each other down, and the latencies are the service's own. */
const concurrencyOf = (count: number): number => Math.min(5, count)

/** A service has to have a task before a call can come from it. */
const canCall = ({ instances }: ServiceNode): boolean => instances.some(({ taskArn }) => taskArn !== null)

type CallDrawerProps = {
  readonly topology: Topology
  /** Node id of the service to call; null: none is chosen, or it is not on the map. */
  readonly serviceId: string | null
  readonly onServiceChange: (serviceId: string) => void
  /** Told of every answer (at most once per frame): the node id of who answered. */
  readonly onAnswered: (instanceNodeId: string | null, atMs: number) => void
  readonly onClose: () => void
}

type Choices = {
  readonly from: string | null
  readonly method: Method
  readonly via: Via | null
  readonly port: number | null
  readonly count: number
}

/** The drawer that proves a connection: makes the call, tells the trip, and names the instance that answered. */
export function CallDrawer({ topology, serviceId, onServiceChange, onAnswered, onClose }: CallDrawerProps) {
  const service = topology.services.find(({ id }) => id === serviceId) ?? null
  const [choices, setChoices] = useState<Choices>({
    from: null,
    method: 'GET',
    via: null,
    port: null,
    count: 50,
  })

  const presets = service ? pathPresets(service) : ['/']
  const { readOnly } = topology.target
  // Only what can be entered is offered, so a service that is gone is this console again.
  const caller = readOnly ? null : (topology.services.find(({ id }) => id === choices.from) ?? null)
  const exec = useExecState(caller?.id ?? null)
  const ways = !service ? [] : caller ? waysFromTask(service, caller) : waysOf(service)
  const { path, change, remember } = usePath(serviceId, presets[0] ?? '/')
  const { trip, start, stop } = useTrip((attempt: AttemptFinished, request: CallRequest) => {
    const { instanceId, atMs, latencyMs } = attempt
    onAnswered(instanceId, atMs)
    // Only a call that came from the caller itself says something about the line between the two.
    if (request.from === undefined || !provesReached(attempt)) return
    const source = request.from
    verifiedCallsOf(topology.target).write({
      source,
      target: request.serviceId,
      instanceId,
      atMs,
      latencyMs,
    })
  })

  const via = ways.find((way) => way === choices.via) ?? ways[0] ?? 'dns'
  const ports = service ? portsOfWay(service, via) : []
  // A port chosen for one service means nothing to another.
  const port = choices.port !== null && ports.includes(choices.port) ? choices.port : null
  const unknownAlias = service && caller ? aliasProblem(caller, service, port) : null
  const form: CallForm = { ...choices, from: caller?.id ?? null, via, port, path }
  const running = trip.phase === 'running'
  const settle = useEffectEvent(() => {
    // During a run each answer flashes; after it the map shows the one whose trip is told.
    const { first, request } = trip
    if (!first || !request || request.count === 1 || request.serviceId !== serviceId) return
    onAnswered(first.instanceId, first.atMs)
  })
  useEffect(() => {
    if (trip.phase === 'finished' || trip.phase === 'stopped') settle()
  }, [trip.phase])
  const drawer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Opened by somebody, who goes on here; a link that shows it open leaves the focus where a page begins.
    if (navigator.userActivation.hasBeenActive)
      drawer.current?.querySelector<HTMLElement>('button[type=submit]')?.focus()
  }, [])

  const makeCall = (count: number) => {
    if (!service) return
    remember()
    onAnswered(null, Date.now())
    const request: CallRequest = {
      serviceId: service.id,
      method: form.method,
      path: form.path,
      count,
      concurrency: concurrencyOf(count),
      via,
      ...(port === null ? {} : { port }),
      ...(caller === null ? {} : { from: caller.id }),
    }
    start(request)
  }

  const isShown =
    trip.phase !== 'idle' &&
    trip.request?.serviceId === serviceId &&
    (trip.request.from ?? null) === (caller?.id ?? null)
  // Of one call the trip tells all there is: no share and no percentile to show beside it.
  const isMany = (trip.request?.count ?? 1) > 1
  const cannotEnter = caller !== null && exec.state !== null && exec.state.place === null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the whole drawer; every action has its button
    <div
      ref={drawer}
      className="flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !running) return
        event.preventDefault()
        event.stopPropagation()
        stop()
      }}
    >
      <CallBar
        services={topology.services.filter((each) => each.id === serviceId || waysOf(each).length > 0)}
        callers={readOnly ? [] : topology.services.filter(canCall)}
        service={service}
        form={form}
        ways={ways}
        unknownAlias={unknownAlias}
        ports={ports}
        presets={presets}
        readOnly={readOnly}
        isReady={caller === null || (exec.state?.place ?? null) !== null}
        running={running}
        onServiceChange={(id) => {
          stop()
          onAnswered(null, Date.now())
          onServiceChange(id)
        }}
        onChange={({ path: changedPath, ...rest }) => {
          if (changedPath !== undefined) change(changedPath)
          setChoices((before) => ({ ...before, ...rest }))
        }}
        onCall={makeCall}
        onStop={stop}
        onClose={onClose}
      />
      <TripStatus trip={trip} />
      {caller && exec.state && cannotEnter && !running ? (
        <ExecMissing caller={caller} state={exec.state} />
      ) : isShown ? (
        <div className={cn('grid min-h-0 flex-1', isMany && 'grid-cols-[minmax(0,1fr)_minmax(240px,320px)]')}>
          <div className="min-h-0 overflow-y-auto px-4 py-3">
            <CallOutcome key={trip.started?.runId} trip={trip} topology={topology} />
          </div>
          {isMany && (
            <div className="min-h-0 overflow-y-auto border-line border-l px-4 py-3">
              <SpreadPanel trip={trip} />
            </div>
          )}
        </div>
      ) : (
        <Explain
          service={service}
          caller={caller}
          canOpenShell={exec.state?.canOpenShell === true}
          ways={ways}
          via={via}
          unknownAlias={unknownAlias}
          hasServices={topology.services.length > 0}
        />
      )}
    </div>
  )
}
