'use client'

import { PlugZap } from 'lucide-react'
import { formatSince } from '../ui/age'
import { useNow } from '../ui/use-now'
import type { RunNews } from './follow-run'

/** Says when the console is not reachable, and how old what is shown is. */
export function RunLine({ news }: { news: RunNews }) {
  return news.connection === 'broken' && news.run !== null ? <BrokenLine news={news} /> : null
}

function BrokenLine({ news }: { news: RunNews }) {
  const now = useNow(1000)
  const age = news.heardAtMs === null ? null : formatSince(now - news.heardAtMs)
  return (
    <p
      role="status"
      className="flex items-start gap-2 border-line border-b bg-warn-soft px-6 py-2 text-sm text-warn-ink"
    >
      <PlugZap aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {news.refusal === null
          ? 'The console does not answer.'
          : `The console refuses to tell more: ${news.refusal}`}{' '}
        {age !== null && `What is shown is ${age} old.`} This page goes on by itself when the console is back.
      </span>
    </p>
  )
}
