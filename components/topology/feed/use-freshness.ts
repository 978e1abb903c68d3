'use client'

import { useEffect, useState } from 'react'
import { useNow } from '../../ui/use-now'
import type { FeedState } from './feed-state'
import { type Freshness, judgeFreshness } from './freshness'

const stepMs = 500

/** How far the picture can be trusted, judged twice a second: its component draws again each time. */
export function useFreshness(feed: FeedState): Freshness {
  return judgeFreshness(feed, useNow(stepMs))
}

/** Whether the picture is too old to be shown as if it were live; draws again only when that changes. */
export function useIsOld(feed: FeedState): boolean {
  const [old, setOld] = useState(false)
  useEffect(() => {
    const judge = () => {
      const { kind } = judgeFreshness(feed, Date.now())
      setOld(kind === 'stale' || kind === 'failed')
    }
    const first = setTimeout(judge, 0)
    const timer = setInterval(judge, stepMs)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [feed])
  return old
}
