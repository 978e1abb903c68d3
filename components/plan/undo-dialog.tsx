'use client'

import { Minus, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Run } from '@/lib/plan/run-state'
import { Failed } from '../inspector/outcome'
import type { ActionOutcome } from '../inspector/service-actions'
import { useChange } from '../inspector/use-change'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Notice } from '../ui/notice'
import { forecastUndo, type UndoItem } from './undo-forecast'

type UndoDialogProps = {
  run: Run
  /** `goOver`: also where somebody changed since what the run made. */
  undo: (goOver: boolean) => Promise<ActionOutcome | undefined>
  onClose: () => void
}

/** Says what an undo takes back and what it leaves alone, before it is done. */
export function UndoDialog({ run, undo, onClose }: UndoDialogProps) {
  const { takesBack, leaves } = forecastUndo(run)
  const change = useChange(onClose)
  const isChanged = change.failure?.title === 'ChangedSince'
  return (
    <Dialog
      role="alertdialog"
      title="Undo this plan?"
      isOpen
      onClose={onClose}
      className="max-w-lg"
      actions={
        <>
          <Button size="form" onPress={onClose}>
            Keep as it is
          </Button>
          <Button
            size="form"
            tone="danger"
            isPending={change.pending}
            onPress={() => change.run(() => undo(isChanged))}
          >
            <Undo2 aria-hidden />
            {change.pending ? 'Undoing…' : isChanged ? 'Undo all the same' : 'Undo'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Part title="It takes back, in this order" sign={<Undo2 aria-hidden />} items={takesBack} />
        {leaves.length > 0 && <Part title="It leaves alone" sign={<Minus aria-hidden />} items={leaves} />}
        <p className="text-xs">
          Only what this run made is touched, and nothing that was changed since without asking you.
        </p>
        {change.failure && isChanged ? (
          <Notice tone="warn" role="alert" title={change.failure.message}>
            <span className="wrap-anywhere">{change.failure.remedy}</span>
          </Notice>
        ) : (
          change.failure && <Failed failure={change.failure} />
        )}
      </div>
    </Dialog>
  )
}

type PartProps = {
  title: string
  sign: ReactNode
  items: readonly UndoItem[]
}

function Part({ title, sign, items }: PartProps) {
  return (
    <section>
      <h3 className="mb-1 font-medium text-ink text-sm">{title}</h3>
      <ul className="flex flex-col gap-1">
        {items.map((item) => (
          <li
            key={`${item.stepId} ${item.text}`}
            className="flex gap-2 [&_svg]:mt-1 [&_svg]:size-3 [&_svg]:shrink-0"
          >
            {sign}
            <span className="wrap-anywhere flex min-w-0 flex-col">
              <span className="text-ink">{item.text}</span>
              <span className="text-xs">{item.of}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
