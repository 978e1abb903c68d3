'use client'

import { useRef, useState } from 'react'
import { startChange } from '@/app/actions/start-change'
import type { ChangeKind } from '@/lib/changes/change'
import type { Seen } from '@/lib/plan/seen'
import { type ActionFailure, readFailure } from '../inspector/service-actions'
import { runIdIn } from '../plan/run-id'

/** What is sent to start a run. */
export type RunRequest = {
  readonly kind: ChangeKind
  readonly input: unknown
  readonly intentId: string
  readonly seen: readonly Seen[]
  readonly confirm: string | null
}

/**
 * Starts the run of a wizard's plan, once at a time. After a refusal nothing was made with this intent, so the next try has a new one; when
 * no answer came it keeps its intent, because the run may have begun.
 */
export function useRun(done: (runId: string) => void, renewIntent: () => void) {
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<ActionFailure | null>(null)
  // State comes too late for the second click of a double click.
  const isBusy = useRef(false)

  const run = async (request: RunRequest) => {
    if (isBusy.current) return
    isBusy.current = true
    setPending(true)
    setFailure(null)
    try {
      const outcome = await startChange({ ...request, seen: [...request.seen] })
      const refused = readFailure(outcome)
      const runId = runIdIn(outcome)
      if (runId !== null) return done(runId)
      setFailure(
        refused ?? {
          title: 'No run',
          message: 'The console answered without a run.',
          remedy: 'Look at Plans.',
        },
      )
      if (refused) renewIntent()
    } catch (error) {
      setFailure({
        title: error instanceof Error ? error.name : 'Error',
        message: 'The console did not answer, so it is not known whether the run began.',
        remedy: 'Press the button again: the same intent never runs twice.',
      })
    } finally {
      isBusy.current = false
      setPending(false)
    }
  }

  return { run, pending, failure }
}
