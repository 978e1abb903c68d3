'use client'

import dynamic from 'next/dynamic'
import { useRef, useState } from 'react'
import { useFeedState } from '../topology/feed/use-feed'
import { useFreshness } from '../topology/feed/use-freshness'
import { Button } from '../ui/button'
import { cn } from '../ui/class-names'
import { describeFreshness, type LiveWords } from './live-words'

const LiveFacts = dynamic(() => import('./live-facts').then((module) => module.LiveFacts), { ssr: false })

const dots: Record<LiveWords['tone'], string> = {
  ok: 'bg-ok',
  busy: 'border-2 border-busy animate-pulse-soft',
  warn: 'bg-warn [clip-path:polygon(50%_0,100%_100%,0_100%)]',
  bad: 'bg-bad rounded-[2px]',
}

/** Says the truth about the live connection: how old the picture is, and when it is not live, why. */
export function LiveIndicator() {
  const feed = useFeedState()
  const freshness = useFreshness(feed)
  const words = describeFreshness(freshness)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button
        ref={button}
        tone="quiet"
        onPress={() => setOpen(!open)}
        aria-expanded={open}
        aria-label={`${words.text}. Show how fresh the map is`}
        className={cn(
          'font-normal',
          words.tone === 'bad' && 'text-bad-ink',
          words.tone === 'warn' && 'text-warn-ink',
        )}
      >
        <span aria-hidden className={cn('size-2 rounded-full', dots[words.tone])} />
        <span className="tabular-nums">{words.text}</span>
      </Button>
      <span role="status" className="sr-only">
        {words.spoken}
      </span>
      {open && <LiveFacts feed={feed} freshness={freshness} anchor={button} onClose={() => setOpen(false)} />}
    </>
  )
}
