'use client'

import { useNow } from '../../ui/use-now'
import type { FeedState } from './feed-state'
import { type Freshness, judgeFreshness } from './freshness'

const stepMs = 500

/** How far the picture can be trusted, judged twice a second. */
export function useFreshness(feed: FeedState): Freshness {
  return judgeFreshness(feed, useNow(stepMs))
}
