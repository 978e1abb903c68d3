'use client'

import { useState } from 'react'
import { startChange } from '@/app/actions/start-change'
import type { ChangeKind } from '@/lib/changes/change'
import type { Plan } from '@/lib/plan/plan'
import type { ActionOutcome } from '../inspector/service-actions'
import { useChange } from '../inspector/use-change'
import { runIdIn } from './run-id'

type Begin = (intentId: string, plan: Plan, confirm: string | null) => Promise<ActionOutcome | undefined>

/**
 * Starts the run of a plan. What is wanted has one intent, so that a click that is sent twice, or again because no answer came, runs once;
 * `wanted` names it: something else is another intent.
 */
export function useStarting(wanted: string, begin: Begin, onStarted: (runId: string) => void) {
  const [intent, setIntent] = useState(() => ({ wanted, id: crypto.randomUUID() }))
  const { run, pending, failure } = useChange(() => undefined)
  const start = (plan: Plan, confirm: string | null) => {
    const current = intent.wanted === wanted ? intent : { wanted, id: crypto.randomUUID() }
    if (current !== intent) setIntent(current)
    void run(async () => {
      const outcome = await begin(current.id, plan, confirm)
      const runId = runIdIn(outcome)
      if (runId !== null) {
        // The same once more is another intent from here on.
        setIntent({ wanted, id: crypto.randomUUID() })
        onStarted(runId)
      }
      return outcome
    })
  }
  return { start, pending, failure }
}

/** Starts a change as it was previewed. */
export function useStart(kind: ChangeKind, input: unknown, onStarted: (runId: string) => void) {
  return useStarting(
    JSON.stringify([kind, input]),
    (intentId, plan, confirm) =>
      // The preview's facts arrive as JSON; the action checks them with its own schema.
      startChange({
        kind,
        input,
        intentId,
        seen: plan.seen.map(({ subject, facts }) => ({ subject, facts })),
        confirm,
      }),
    onStarted,
  )
}
