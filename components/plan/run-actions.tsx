'use client'

import { RotateCcw, Undo2 } from 'lucide-react'
import { type RefObject, useEffect, useId, useRef, useState } from 'react'
import { retryRun } from '@/app/actions/retry-run'
import { undoRun } from '@/app/actions/undo-run'
import { refusalOfOtherTarget } from '@/lib/plan/other-target'
import { canRetry, canUndo, type Run } from '@/lib/plan/run-state'
import { Failed } from '../inspector/outcome'
import { useChange } from '../inspector/use-change'
import { useTopology } from '../topology/feed/use-feed'
import { Button } from '../ui/button'
import { isMoving } from './run-words'
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
  const isPressed = useRef(false)
  const isMoved = isMoving(run.state)
  useEffect(() => {
    if (!isMoved || !isPressed.current) return
    isPressed.current = false
    home.current?.focus()
  }, [isMoved, home])
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
            isDisabled={retry.pending || elsewhere !== null}
            aria-describedby={elsewhere ? reasonId : undefined}
            onPress={() => {
              isPressed.current = true
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
            isPressed.current = true
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
