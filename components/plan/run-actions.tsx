'use client'

import { RotateCcw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { retryRun } from '@/app/actions/retry-run'
import { undoRun } from '@/app/actions/undo-run'
import { canRetry, canUndo, type Run } from '@/lib/plan/run-state'
import { Failed } from '../inspector/outcome'
import { useChange } from '../inspector/use-change'
import { Button } from '../ui/button'
import { UndoDialog } from './undo-dialog'

/** What a person can do with a run that has come to rest. */
export function RunActions({ run, again }: { run: Run; again: () => void }) {
  const [undoing, setUndoing] = useState(false)
  const retry = useChange(again)
  const mayRetry = canRetry(run)
  const mayUndo = canUndo(run)
  if (!mayRetry && !mayUndo && !retry.failure) return null
  return (
    <>
      {retry.failure && <Failed failure={retry.failure} />}
      <div className="flex flex-wrap gap-2">
        {mayUndo && (
          <Button size="form" onPress={() => setUndoing(true)}>
            <Undo2 aria-hidden />
            Undo…
          </Button>
        )}
        {mayRetry && (
          <Button
            size="form"
            tone="primary"
            isDisabled={retry.pending}
            onPress={() => retry.run(() => retryRun({ runId: run.id }))}
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
