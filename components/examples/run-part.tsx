'use client'

import { Check, X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import type { RunNews } from '../plan/follow-run'
import { RunLine } from '../plan/run-line'
import { RunMapLinks } from '../plan/run-map-links'
import { RunPanel } from '../plan/run-panel'
import { isMoving } from '../plan/run-words'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'

type RunPartProps = {
  news: RunNews
  again: () => void
  /** After a removal: what is still on the map; null for anything else. */
  left: readonly string[] | null
  onPutAway: () => void
}

/** The run of an example, where it was started. */
export function RunPart({ news, again, left, onPutAway }: RunPartProps) {
  const { run } = news
  const title = useRef<HTMLHeadingElement>(null)
  const isHere = run !== null
  // The button that started it is gone: whoever pressed it by key goes on from here.
  useEffect(() => {
    if (isHere) title.current?.focus()
  }, [isHere])
  if (!run) return <Skeleton className="h-40 w-full" />
  const isOver = !isMoving(run.state)
  return (
    <section aria-label="Run" className="flex flex-col gap-3">
      <div className="flex items-center gap-2">
        <h2
          ref={title}
          tabIndex={-1}
          className="wrap-anywhere min-w-0 flex-1 font-medium text-ink text-sm outline-none"
        >
          {run.plan.title}
        </h2>
        <Link href={`/plans/${run.id}`} className="rounded-chip text-accent-ink text-sm hover:underline">
          Open the plan
        </Link>
        {isOver && (
          <Button tone="quiet" onPress={onPutAway}>
            <X aria-hidden />
            Dismiss
          </Button>
        )}
      </div>
      <RunLine news={news} />
      {isOver && run.state === 'done' && left && <Left left={left} />}
      <RunPanel
        run={run}
        again={again}
        actions={isOver && run.state === 'done' && !left && <RunMapLinks run={run} />}
      />
    </section>
  )
}

/** What the world says after a removal. */
function Left({ left }: { left: readonly string[] }) {
  if (left.length > 0)
    return (
      <Notice tone="info" title="Still on the map">
        {left.join(', ')}
      </Notice>
    )
  return (
    <p
      role="status"
      className="flex items-center gap-2 rounded-card border border-ok/40 bg-ok-soft px-3 py-2 text-ok-ink text-sm"
    >
      <Check aria-hidden className="size-4 shrink-0" />
      Nothing is left of it: no service, no name, no cluster on the map.
    </p>
  )
}
