import { failureOf } from '@/lib/probe/failure'
import { latencyPercentiles, type Share, type Spread } from '@/lib/probe/spread'
import { errorKinds, type Via } from '@/lib/probe/trip'
import type { TripState } from '@/lib/probe/trip-state'
import { cn } from '../ui/class-names'
import { shortTask } from '../ui/shorten'
import { formatMs, formatPlace, formatShare } from './format'

/** How the calls of a run fell on the instances, live. */
export function SpreadPanel({ trip }: { trip: TripState }) {
  const { spread } = trip
  const done = spread.ok + spread.failed
  if (trip.phase === 'idle' || spread.asked === 0) return <EmptySpread />
  const most = Math.max(1, ...spread.shares.map((share) => share.ok + share.failed))
  return (
    <section aria-label="Spread over instances" className="flex flex-col gap-2.5">
      <h3 className="text-2xs text-ink-soft">
        {done} of {spread.asked} calls, by instance
      </h3>
      <ul className="flex flex-col gap-1">
        {spread.shares.map((share) => (
          <ShareRow key={share.key} share={share} most={most} />
        ))}
      </ul>
      <Figures spread={spread} />
      <Failures spread={spread} via={trip.started?.via} />
      {spread.contradictions > 0 && (
        <p className="text-warn-ink text-xs">
          {spread.contradictions} {spread.contradictions === 1 ? 'answer names' : 'answers name'} another
          instance than the one called.
        </p>
      )}
    </section>
  )
}

function ShareRow({ share, most }: { share: Share; most: number }) {
  const count = share.ok + share.failed
  const place = share.address === null ? 'nobody' : formatPlace(share.address, null)
  const label = `${share.taskId ? `task ${shortTask(share.taskId)} at ` : ''}${place}: ${count} ${count === 1 ? 'call' : 'calls'}${share.failed > 0 ? `, ${share.failed} failed` : ''}`
  return (
    <li data-spread-count={count} className="flex items-center gap-3" title={label}>
      <span className="sr-only">{label}</span>
      <span aria-hidden className="w-24 shrink-0 truncate font-mono text-2xs">
        {place}
      </span>
      <span aria-hidden className="flex h-1.5 min-w-0 flex-1 overflow-hidden rounded-full bg-sunk">
        <span
          className="bg-accent transition-[width] duration-150"
          style={{ width: formatShare(share.ok, most) }}
        />
        <span
          className="bg-bad transition-[width] duration-150"
          style={{ width: formatShare(share.failed, most) }}
        />
      </span>
      <span aria-hidden className="w-8 shrink-0 text-right font-mono text-2xs tabular-nums">
        {count}
      </span>
    </li>
  )
}

function Figures({ spread }: { spread: Spread }) {
  const { p50, p95, p99 } = latencyPercentiles(spread)
  return (
    <dl className="flex gap-5">
      <Figure name="p50" value={p50} />
      <Figure name="p95" value={p95} />
      <Figure name="p99" value={p99} />
      <div className="flex flex-col-reverse">
        <dt className="text-2xs text-ink-soft">failed</dt>
        <dd
          className={cn(
            'font-semibold text-sm tabular-nums',
            spread.failed > 0 ? 'text-bad-ink' : 'text-ok-ink',
          )}
        >
          {spread.failed}
        </dd>
      </div>
    </dl>
  )
}

function Figure({ name, value }: { name: string; value: number | null }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-2xs text-ink-soft">{name}</dt>
      <dd className="whitespace-nowrap font-semibold text-sm tabular-nums">
        {value === null ? '–' : formatMs(value)}
      </dd>
    </div>
  )
}

function Failures({ spread, via }: { spread: Spread; via: Via | undefined }) {
  const rows = errorKinds.flatMap((kind) => {
    const count = spread.byErrorKind[kind] ?? 0
    return count === 0 ? [] : [{ kind, count }]
  })
  if (rows.length === 0) return null
  return (
    <ul aria-label="Failures by kind" className="flex flex-col gap-0.5">
      {rows.map(({ kind, count }) => (
        <li key={kind} className="flex gap-2 text-xs">
          <span className="w-8 shrink-0 text-right font-mono text-bad-ink tabular-nums">{count}</span>
          <span className="min-w-0">
            {failureOf(kind, via).title} <span className="text-ink-soft">{failureOf(kind, via).remedy}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

function EmptySpread() {
  return (
    <section aria-label="Spread over instances" className="text-ink-soft text-xs">
      <h3 className="mb-1 text-2xs">Spread over instances</h3>
      Discovery hands out addresses; who gets how many calls is the caller’s choice. Call × N takes the
      instances in turn and counts.
    </section>
  )
}
