'use client'

import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Topology } from '@/lib/topology/model'
import { type FeedState, firstFeedState } from './feed-state'
import { readRefusal } from './refusal'
import { type FeedWorld, feedKey, startFeed, topologyKey } from './start-feed'

/** The map as last heard of; undefined before the first snapshot. */
export function useTopology(): Topology | undefined {
  return useQuery<Topology>({ queryKey: topologyKey, queryFn: skipToken, structuralSharing: false }).data
}

export function useFeedState(): FeedState {
  const { data } = useQuery<FeedState>({ queryKey: feedKey, queryFn: skipToken })
  return data ?? firstFeedState
}

/** A tab that nobody looks at for this long gives its stream back, so that the server may stop polling. */
const hiddenPatienceMs = 60_000

const later: FeedWorld['later'] = (run, delayMs) => {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

const world: FeedWorld = {
  connect: () => new EventSource('/api/topology/stream'),
  askWhy: async () => {
    const answer = await fetch('/api/topology', { headers: { accept: 'application/json' } }).catch(() => null)
    if (!answer || answer.ok) return null
    return readRefusal(answer.status, answer.statusText, await answer.text())
  },
  nowMs: () => Date.now(),
  later,
}

/** Holds the live stream while mounted. Mount it once. */
export function useTopologyFeed(): void {
  const client = useQueryClient()
  useEffect(() => {
    let stop: (() => void) | null = startFeed(client, world)
    let callOff: (() => void) | null = null
    const onVisibility = () => {
      callOff?.()
      callOff = null
      if (document.visibilityState === 'visible') {
        stop ??= startFeed(client, world)
        return
      }
      callOff = later(() => {
        stop?.()
        stop = null
      }, hiddenPatienceMs)
    }
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      callOff?.()
      stop?.()
    }
  }, [client])
}
