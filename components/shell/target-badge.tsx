'use client'

import { ChevronsUpDown, CloudAlert, Lock, Server } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRef, useState } from 'react'
import { useFeedState, useTopology } from '../topology/feed/use-feed'
import { Button } from '../ui/button'
import { cn } from '../ui/class-names'
import { Skeleton } from '../ui/skeleton'
import { describeTarget } from './target-words'

const TargetFacts = dynamic(() => import('./target-facts').then((module) => module.TargetFacts), {
  ssr: false,
})

/** Which account, region and endpoint this is, on every screen; a real AWS account looks different on purpose. */
export function TargetBadge() {
  const topology = useTopology()
  const { status } = useFeedState()
  // Before the first map, which may never come: what the console was told when it started.
  const target = topology?.target ?? status?.target
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  if (!target) {
    return (
      <span className="flex h-7 w-56 items-center rounded-control border border-line px-2.5 max-lg:w-28">
        <Skeleton className="h-2.5 w-full" />
      </span>
    )
  }
  const words = describeTarget(target)
  return (
    <>
      <Button
        ref={button}
        aria-label={`Target: ${[words.name, words.where, ...words.marks].join(', ')}. Show all facts`}
        aria-expanded={open}
        onPress={() => setOpen(!open)}
        className={cn(
          'min-w-0 border-line font-normal',
          words.careful && 'border-warn/60 bg-warn-soft data-hovered:border-warn data-pressed:bg-warn-soft',
        )}
      >
        {words.careful ? (
          <CloudAlert aria-hidden className="text-warn-ink" />
        ) : target.kind === 'local' ? (
          <span aria-hidden className="size-2 rounded-full bg-ok" />
        ) : (
          <Server aria-hidden className="text-busy-ink" />
        )}
        <span className={cn('truncate font-medium', words.careful ? 'text-warn-ink' : 'text-ink')}>
          {words.name}
        </span>
        <span className={cn('truncate max-lg:hidden', words.careful ? 'text-warn-ink' : 'text-ink-soft')}>
          {words.where}
        </span>
        {words.marks.map((mark) => (
          <span
            key={mark}
            className="flex items-center gap-1 rounded-chip border border-line-strong px-1 text-2xs text-ink-soft leading-4 [&_svg]:size-2.5"
          >
            {mark === 'read-only' && <Lock aria-hidden />}
            {mark}
          </span>
        ))}
        <ChevronsUpDown aria-hidden className="text-ink-soft" />
      </Button>
      {open && <TargetFacts target={target} anchor={button} onClose={() => setOpen(false)} />}
    </>
  )
}
