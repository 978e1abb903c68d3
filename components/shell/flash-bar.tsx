'use client'

import { ChevronDown, ChevronRight, CircleAlert, TriangleAlert, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Hole } from '@/lib/inventory/model'
import { useFeedState, useTopology } from '../topology/feed/use-feed'
import { useFreshness } from '../topology/feed/use-freshness'
import { count } from '../ui/age'
import { cn } from '../ui/class-names'
import { asSentence } from '../ui/sentence'
import { buildFlashes, type Flash } from './flashes'

const noHoles: readonly Hole[] = []

/** Holes and failures, in sight until somebody puts them away; put away, they stay behind a small button. */
export function FlashBar() {
  const topology = useTopology()
  const holes = topology?.holes ?? noHoles
  const freshness = useFreshness(useFeedState())
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState(false)

  // Before the first picture the map itself says what is wrong.
  const flashes = topology ? buildFlashes(holes, freshness) : []
  // What went away and comes back is news again.
  const standing = new Set(flashes.map((flash) => flash.id))
  const kept = [...dismissed].filter((id) => standing.has(id))
  if (kept.length !== dismissed.size) setDismissed(new Set(kept))

  if (flashes.length === 0) return null
  const shown = flashes.filter((flash) => !dismissed.has(flash.id))
  if (shown.length === 0) {
    return (
      <button
        type="button"
        onClick={() => setDismissed(new Set())}
        className="absolute top-1.5 left-1/2 z-40 flex h-6 -translate-x-1/2 animate-rise items-center gap-1.5 rounded-full border border-warn/50 bg-warn-soft px-2.5 text-warn-ink text-xs"
      >
        <TriangleAlert aria-hidden className="size-3" />
        {count(flashes.length, 'notice')}
      </button>
    )
  }
  const [first] = shown
  const rest = shown.length - 1
  return (
    <section aria-label="Notices" className="max-h-[40%] overflow-auto border-line border-b">
      {first && (
        <FlashRow
          flash={first}
          onDismiss={() => setDismissed((before) => new Set([...before, first.id]))}
          more={
            rest > 0 ? (
              <button
                type="button"
                aria-expanded={open}
                onClick={() => setOpen(!open)}
                className="flex min-h-6 items-center gap-1 whitespace-nowrap rounded-chip px-1.5 font-medium text-xs hover:underline"
              >
                {open ? 'Show less' : `${rest} more`}
                <ChevronDown
                  aria-hidden
                  className={cn('size-3 transition-transform', open && 'rotate-180')}
                />
              </button>
            ) : null
          }
        />
      )}
      {open &&
        shown
          .slice(1)
          .map((flash) => (
            <FlashRow
              key={flash.id}
              flash={flash}
              onDismiss={() => setDismissed((before) => new Set([...before, flash.id]))}
            />
          ))}
    </section>
  )
}

type FlashRowProps = { flash: Flash; onDismiss: () => void; more?: ReactNode }

function FlashRow({ flash, onDismiss, more }: FlashRowProps) {
  const Glyph = flash.tone === 'bad' ? CircleAlert : TriangleAlert
  return (
    <div
      role={flash.tone === 'bad' ? 'alert' : 'status'}
      className={cn(
        'flex items-start gap-2.5 px-4 py-2 text-sm',
        flash.tone === 'bad' ? 'bg-bad-soft text-bad-ink' : 'bg-warn-soft text-warn-ink',
      )}
    >
      <Glyph aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        <span className="font-medium">{flash.title}.</span>{' '}
        <span className="break-words">{asSentence(flash.message)}</span>{' '}
        <span className="text-ink">{flash.remedy}</span>
        <details className="group mt-0.5 text-xs">
          <summary className="-ml-1 flex min-h-6 w-fit list-none items-center gap-1 rounded-chip px-1 hover:underline [&::-webkit-details-marker]:hidden">
            <ChevronRight
              aria-hidden
              className="size-3 transition-transform duration-150 group-open:rotate-90"
            />
            {flash.details.length === 1 ? 'Error code' : 'Error codes'}
          </summary>
          <ul className="mt-1 max-h-24 overflow-auto font-mono text-2xs">
            {flash.details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        </details>
      </div>
      {more}
      <button
        type="button"
        onClick={onDismiss}
        aria-label={`Dismiss: ${flash.title}`}
        className="flex size-6 shrink-0 items-center justify-center rounded-chip hover:bg-raised/50"
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  )
}
