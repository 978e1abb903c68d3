'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import { toast } from 'sonner'
import { undoRun } from '@/app/actions/undo-run'
import { canUndo } from '@/lib/plan/run-state'
import { StateGlyph, stateColour } from '../topology/state-glyph'
import { cn } from '../ui/class-names'
import { IconButton } from '../ui/icon-button'
import { isMoving, runTones, runWords } from './run-words'
import { UndoDialog } from './undo-dialog'
import { useRun } from './use-run'

const restMs = 12_000

/** A dialog lies over it: it can be neither read nor reached. */
function isCovered(note: Element | null): boolean {
  if (!note) return false
  const { x, y, width, height } = note.getBoundingClientRect()
  const top = document.elementFromPoint(x + width / 2, y + height / 2)
  return top !== null && !note.contains(top)
}

/** A passing note on a run that was started: where it stands, a link to it, and the way back once it is done. */
export function flashRun(runId: string): void {
  toast.custom((id) => <RunFlash runId={runId} onClose={() => toast.dismiss(id)} />, {
    id: `run-${runId}`,
    duration: Number.POSITIVE_INFINITY,
  })
}

function RunFlash({ runId, onClose }: { runId: string; onClose: () => void }) {
  const { news, again } = useRun(runId)
  const { run } = news
  const [undoing, setUndoing] = useState(false)
  const [held, setHeld] = useState(false)
  const note = useRef<HTMLDivElement>(null)
  const isOver = run !== null && !isMoving(run.state)
  const goes = isOver && !undoing && !held && run.state !== 'failed' && run.state !== 'unknown'
  useEffect(() => {
    if (!goes) return
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      timer = setTimeout(() => (isCovered(note.current) ? wait() : onClose()), restMs)
    }
    wait()
    return () => clearTimeout(timer)
  }, [goes, onClose])
  if (!run) return null
  const tone = runTones[run.state]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: who looks at it or is in it keeps it from going
    <div
      ref={note}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      data-flash={run.state}
      className="flex min-w-0 flex-1 items-start gap-2.5"
    >
      <StateGlyph state={tone} className={cn('mt-0.5 size-4 shrink-0', stateColour(tone))} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="wrap-anywhere font-medium">{run.plan.title}</span>
        <span className="flex flex-wrap items-center gap-x-2 text-ink-soft text-xs">
          {runWords[run.state]}
          <Link href={`/plans/${run.id}`} className="rounded-chip text-accent-ink hover:underline">
            Show plan
          </Link>
          {canUndo(run) && (
            <button
              type="button"
              onClick={() => setUndoing(true)}
              className="min-h-6 rounded-chip px-1 font-medium text-accent-ink hover:underline"
            >
              Undo
            </button>
          )}
        </span>
      </div>
      <IconButton label="Dismiss" side="left" onPress={onClose} className="-mt-1 -mr-1 size-6">
        <X aria-hidden />
      </IconButton>
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
    </div>
  )
}
