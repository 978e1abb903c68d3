'use client'

import { RotateCcw, Undo2 } from 'lucide-react'
import { type RefObject, useEffect, useId, useRef, useState } from 'react'
import { retryRun } from '@/app/actions/retry-run'
import { undoRun } from '@/app/actions/undo-run'
import { refusalOfOtherTarget } from '@/lib/plan/other-target'
import { canRetry, canUndo, type Run, type RunState } from '@/lib/plan/run-state'
import { Failed } from '../inspector/outcome'
import { useChange } from '../inspector/use-change'
import { useTopology } from '../topology/feed/use-feed'
import { Button } from '../ui/button'
import { UndoDialog } from './undo-dialog'

type RunActionsProps = {
  run: Run
  again: () => void
  /** Gets the focus once what was pressed is gone, because the run goes on. */
  home: RefObject<HTMLElement | null>
}

/** What a person can do with a run that has come to rest. */
export function RunActions({ run, again, home }: RunActionsProps) {
  const [undoing, setUndoing] = useState(false)
  const retry = useChange(again)
  const here = useTopology()?.target
  // Until the account is known, the console asks when it comes to it.
  const elsewhere = here && here.accountId !== null ? refusalOfOtherTarget(run.target, here) : null
  const mayRetry = canRetry(run)
  const mayUndo = canUndo(run)
  const { state } = run
  const pressedIn = useRef<RunState | null>(null)
  useEffect(() => {
    // It may be over before it was seen to go on.
    if (pressedIn.current === null || pressedIn.current === state) return
    pressedIn.current = null
    home.current?.focus()
  }, [state, home])
  const reasonId = useId()
  if (!mayRetry && !mayUndo && !retry.failure) return null
  return (
    <>
      {retry.failure && <Failed failure={retry.failure} />}
      {elsewhere && (
        <p id={reasonId} className="wrap-anywhere max-w-prose text-ink-soft text-xs">
          {elsewhere.message} Start the console there to go on with it.
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {mayUndo && (
          <Button
            size="form"
            isDisabled={elsewhere !== null}
            aria-describedby={elsewhere ? reasonId : undefined}
            onPress={() => setUndoing(true)}
          >
            <Undo2 aria-hidden />
            Undo…
          </Button>
        )}
        {mayRetry && (
          <Button
            size="form"
            tone="primary"
            isPending={retry.pending}
            isDisabled={elsewhere !== null}
            aria-describedby={elsewhere ? reasonId : undefined}
            onPress={() => {
              pressedIn.current = state
              void retry.run(() => retryRun({ runId: run.id }))
            }}
          >
            <RotateCcw aria-hidden />
            {retry.pending ? 'Retrying…' : 'Retry from here'}
          </Button>
        )}
      </div>
      {undoing && (
        <UndoDialog
          run={run}
          undo={async (goOver) => {
            pressedIn.current = state
            const outcome = await undoRun({ runId: run.id, goOver })
            again()
            return outcome
          }}
          onClose={() => setUndoing(false)}
        />
      )}
    </>
  )
}
