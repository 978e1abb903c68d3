'use client'

import { FileInput } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { ImportPlan } from './import-plan'
import { ImportTask } from './import-task'
import { JsonDrop } from './json-drop'
import { kindOfJson } from './json-kind'

/** Takes in again what was exported: a plan's JSON, or a task definition's JSON to run. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const [checked, setChecked] = useState<{
    readonly kind: 'plan' | 'task definition'
    readonly text: string
  } | null>(null)
  const kind = kindOfJson(text)
  const back = () => setChecked(null)
  if (checked?.kind === 'plan') return <ImportPlan text={checked.text} onBack={back} onClose={onClose} />
  if (checked?.kind === 'task definition')
    return <ImportTask text={checked.text} onBack={back} onClose={onClose} />
  const isKnown = kind.kind === 'plan' || kind.kind === 'task definition'
  return (
    <Dialog
      title="Import JSON"
      isOpen
      hangs
      onClose={onClose}
      className="max-w-2xl"
      actions={
        <>
          <Button size="form" onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="form"
            tone="primary"
            isDisabled={!isKnown}
            onPress={() => {
              if (kind.kind === 'plan' || kind.kind === 'task definition')
                setChecked({ kind: kind.kind, text })
            }}
          >
            <FileInput aria-hidden />
            {kind.kind === 'task definition' ? 'Run this task definition' : 'Check this plan'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>
          A plan’s JSON as it was copied here, or the JSON of a task definition to run. Nothing is sent before
          you have seen what it does.
        </p>
        <JsonDrop text={text} onChange={setText} problem={text === '' ? null : kind.problem} />
      </div>
    </Dialog>
  )
}
