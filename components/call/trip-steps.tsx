'use client'

import { TriangleAlert, X } from 'lucide-react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import type { Step, StepName } from '@/lib/probe/trip'
import type { TripState } from '@/lib/probe/trip-state'
import { cn } from '../ui/class-names'
import { formatMs } from './format'
import { lookOf, type Stop, type StopLook, stepsOf, stops, stopsFromTask, stopTitles } from './step-row'

const badges: Readonly<Record<StopLook, string>> = {
  ok: 'bg-ok-soft text-ok-ink',
  warn: 'bg-warn-soft text-warn-ink',
  failed: 'bg-bad-soft text-bad-ink',
  now: 'bg-busy-soft text-busy-ink animate-pulse-soft',
  waiting: 'bg-sunk text-ink-soft',
  never: 'bg-sunk text-ink-soft',
}

const rails: Readonly<Record<StopLook, string>> = {
  ok: 'bg-ok/60',
  warn: 'bg-warn/60',
  failed: 'bg-line',
  now: 'bg-line',
  waiting: 'bg-line',
  never: 'bg-line',
}

const spoken: Readonly<Record<StopLook, string>> = {
  ok: 'done',
  warn: 'done, with a remark',
  failed: 'failed',
  now: 'under way',
  waiting: 'to come',
  never: 'not reached',
}

const ways: Readonly<Partial<Record<StepName, string>>> = {
  'resolve-by-alias': 'alias',
  'resolve-by-discover': 'API',
  'resolve-by-dns': 'DNS',
}

/** Picking takes no time, and an answer tells its own: from the connection to the last byte. */
const timed: ReadonlySet<StepName> = new Set(['enter', 'connect', 'request'])

type TripStepsProps = {
  readonly trip: TripState
  readonly selected: Stop | null
  readonly onSelect: (stop: Stop | null) => void
}

/** The trip of the first call as numbered stops; each opens its explanation below. */
export function TripSteps({ trip, selected, onSelect }: TripStepsProps) {
  const chosen = chosenStep(trip)
  const isFromTask = trip.request?.from !== undefined
  const row = isFromTask ? stopsFromTask : stops
  return (
    <ol
      aria-label="Trip"
      className={cn(
        'grid',
        isFromTask
          ? 'grid-cols-[1.15fr_1.3fr_1.1fr_1.1fr_1fr_1.1fr]'
          : 'grid-cols-[1.5fr_1.1fr_1.1fr_1fr_1.15fr]',
      )}
    >
      {row.map((stop, index) => {
        const look = lookOf(stop, trip.steps, trip.phase === 'running', chosen, row)
        const told = stepsOf(stop, trip.steps)
        return (
          <li key={stop} className="relative min-w-0">
            {index < row.length - 1 && (
              <span
                aria-hidden
                className={cn('absolute top-[9px] right-1 left-6 h-0.5 rounded-full', rails[look])}
              />
            )}
            <ToggleButton
              isSelected={selected === stop}
              isDisabled={told.length === 0}
              onChange={(on) => onSelect(on ? stop : null)}
              aria-label={`${stopTitles[stop]}, ${spoken[look]}. ${told.map(({ fact }) => fact).join(', ')}`}
              className="group relative block w-full min-w-0 rounded-control pr-2 text-left"
            >
              <span
                className={cn(
                  'flex size-5 items-center justify-center rounded-full font-mono text-2xs outline-2 outline-raised',
                  badges[look],
                )}
              >
                <Badge look={look} number={index + 1} />
              </span>
              <span className="mt-1 block font-medium text-xs group-data-selected:text-accent-ink group-data-hovered:text-accent-ink">
                {stopTitles[stop]}
              </span>
              <Facts steps={told} chosen={stop === 'resolve' ? chosen : null} look={look} />
            </ToggleButton>
          </li>
        )
      })}
    </ol>
  )
}

/** The resolve step that the call went by; null when it went by the tasks' own addresses. */
export function chosenStep(trip: TripState): StepName | null {
  if (trip.request?.via === 'alias') return 'resolve-by-alias'
  if (trip.request?.via === 'discover') return 'resolve-by-discover'
  return trip.request?.via === 'dns' ? 'resolve-by-dns' : null
}

function Badge({ look, number }: { look: StopLook; number: number }) {
  if (look === 'failed') return <X aria-hidden className="size-3" />
  if (look === 'warn') return <TriangleAlert aria-hidden className="size-3" />
  return number
}

function Facts({ steps, chosen, look }: { steps: readonly Step[]; chosen: StepName | null; look: StopLook }) {
  if (steps.length === 0)
    return (
      <span className="block truncate text-2xs text-ink-soft">{look === 'never' ? 'not reached' : ' '}</span>
    )
  if (steps.length > 1)
    return steps.map((step) => <WayFact key={step.name} step={step} isChosen={step.name === chosen} />)
  const [step] = steps
  if (!step) return null
  return (
    <>
      <span
        className={cn(
          'wrap-anywhere line-clamp-2 font-mono text-2xs',
          step.outcome === 'failed' ? 'text-bad-ink' : 'text-ink',
        )}
      >
        {step.fact}
      </span>
      <span className="wrap-anywhere line-clamp-2 text-2xs text-ink-soft">
        {[timed.has(step.name) ? formatMs(step.durationMs) : null, step.note].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}

function WayFact({ step, isChosen }: { step: Step; isChosen: boolean }) {
  return (
    <span
      className={cn('flex min-w-0 items-baseline gap-1.5 text-2xs', isChosen ? 'text-ink' : 'text-ink-soft')}
    >
      <span className="w-6 shrink-0">{ways[step.name]}</span>
      <span
        className={cn(
          'truncate font-mono',
          step.outcome === 'failed' && isChosen && 'text-bad-ink',
          step.outcome === 'warn' && 'text-warn-ink',
        )}
      >
        {step.fact}
        {step.outcome !== 'skipped' && (
          <span className="font-sans text-ink-soft"> · {formatMs(step.durationMs)}</span>
        )}
      </span>
    </span>
  )
}
