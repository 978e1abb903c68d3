'use client'

import { useCallback, useEffect, useState } from 'react'
import { readRefusal } from '../topology/feed/refusal'
import { followRun, noNews, type RunNews, type RunWorld } from './follow-run'

const world: RunWorld = {
  connect: (runId) => new EventSource(`/api/runs/stream?id=${encodeURIComponent(runId)}`),
  askWhy: async (runId) => {
    const answer = await fetch(`/api/runs?id=${encodeURIComponent(runId)}`).catch(() => null)
    if (!answer || answer.ok) return null
    return readRefusal(answer.status, answer.statusText, await answer.text())
  },
  nowMs: () => Date.now(),
  later: (run, delayMs) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

type Heard = { readonly runId: string; readonly turn: number; readonly news: RunNews }

/** What stays on the screen from before: a new turn begins without news of its own. */
function carryOver(before: Heard | null, heard: Heard): Heard {
  if (heard.news.run !== null || before?.runId !== heard.runId) return heard
  const { run, heardAtMs } = before.news
  return { ...heard, news: { ...heard.news, run, heardAtMs } }
}

/** A run as it is now, kept up to date over breaks. `again` asks anew, after a retry or an undo of a run that had come to rest. */
export function useRun(runId: string | null): { readonly news: RunNews; readonly again: () => void } {
  const [turn, setTurn] = useState(0)
  const [heard, setHeard] = useState<Heard | null>(null)
  useEffect(() => {
    if (runId === null) return
    return followRun(runId, world, (news) => setHeard((before) => carryOver(before, { runId, turn, news })))
  }, [runId, turn])
  const again = useCallback(() => setTurn((before) => before + 1), [])
  return { news: heard?.runId === runId ? heard.news : noNews, again }
}
