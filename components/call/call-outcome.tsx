'use client'

import { CircleStop, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { TripState } from '@/lib/probe/trip-state'
import type { Topology } from '@/lib/topology/model'
import { AnswerBox } from './answer-box'
import { RunBox } from './run-box'
import { type Stop, stepsOf } from './step-row'
import { StopDetail } from './stop-detail'
import { TripSteps } from './trip-steps'

/** The left side: the trip of the first call, and what came of the run. */
export function CallOutcome({ trip, topology }: { trip: TripState; topology: Topology }) {
  const [selected, setSelected] = useState<Stop | null>(null)
  const disagreement = trip.steps.find((step) => step.name === 'resolve-by-dns' && step.outcome === 'warn')
  const detail = selected === null ? [] : stepsOf(selected, trip.steps)
  const isMany = (trip.request?.count ?? 1) > 1
  return (
    <div className="flex flex-col gap-2.5">
      <TripSteps trip={trip} selected={selected} onSelect={setSelected} />
      {detail.length > 0 && <StopDetail steps={detail} />}
      {detail.length === 0 && disagreement?.note && (
        <p className="flex items-start gap-1.5 text-warn-ink text-xs">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {disagreement.note}
        </p>
      )}
      {trip.problem && <Problem problem={trip.problem} />}
      {trip.phase === 'stopped' && (
        <p className="flex items-center gap-1.5 text-ink-soft text-xs">
          <CircleStop aria-hidden className="size-3.5 shrink-0" />
          Stopped. What was counted until then stands.
        </p>
      )}
      {isMany && trip.spread.answered > 0 ? (
        <RunBox trip={trip} topology={topology} />
      ) : (
        <AnswerBox trip={trip} />
      )}
    </div>
  )
}

function Problem({ problem }: { problem: NonNullable<TripState['problem']> }) {
  return (
    <section aria-label="Problem" className="rounded-card border border-warn/35 bg-warn-soft px-3 py-2">
      <p className="font-medium text-sm text-warn-ink">{problem.title}</p>
      <p className="mt-0.5 text-ink text-xs">
        {problem.message} <span className="text-ink-soft">{problem.remedy}</span>
      </p>
    </section>
  )
}
