'use client'

import { useState } from 'react'
import type { ChangeKind } from '@/lib/changes/change'
import type { ChangeWish } from '../topology/keys/shortcuts'
import { Checkbox } from '../ui/checkbox'
import { usePreview } from '../wizard/use-preview'
import { PlanDialogFrame } from './plan-dialog-frame'
import { useStart } from './use-start'

/** Changes that take something away for good; they ask as such also while their plan is refused. */
const destructive: ReadonlySet<ChangeKind> = new Set([
  'delete-service',
  'delete-discovery-service',
  'delete-namespace',
  'delete-cluster',
])

export type PlanDialogProps = ChangeWish & { onClose: () => void }

/** A change with its plan: what it does, as code too; the name asked for when it destroys; then the run in place. */
export function PlanDialog({ kind, input: first, title, verb, options = [], onClose }: PlanDialogProps) {
  const [input, setInput] = useState(first)
  const preview = usePreview(kind, input)
  const [runId, setRunId] = useState<string | null>(null)
  const starting = useStart(kind, input, setRunId)
  return (
    <PlanDialogFrame
      title={title}
      verb={verb}
      destroys={destructive.has(kind)}
      previewed={preview}
      starting={starting}
      runId={runId}
      onMakeAgain={() => {
        setRunId(null)
        preview.refresh()
      }}
      onClose={onClose}
    >
      {options.length > 0 && (
        <div className="flex flex-col gap-2">
          {options.map((option) => (
            <Checkbox
              key={option.field}
              checked={input[option.field] === true}
              onChange={(checked) => setInput({ ...input, [option.field]: checked })}
              hint={option.hint}
            >
              {option.label}
            </Checkbox>
          ))}
        </div>
      )}
    </PlanDialogFrame>
  )
}
