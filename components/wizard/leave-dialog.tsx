'use client'

import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'

type LeaveDialogProps = {
  kind: 'leave' | 'start over'
  /** The draft holds values that are kept in this tab only. */
  hasSecrets: boolean
  onStay: () => void
  onLeave: () => void
  onDiscard: () => void
}

/** Asked before work is put away. */
export function LeaveDialog({ kind, hasSecrets, onStay, onLeave, onDiscard }: LeaveDialogProps) {
  const leaves = kind === 'leave'
  return (
    <Dialog
      title={leaves ? 'Leave this wizard?' : 'Start over?'}
      role="alertdialog"
      isOpen
      onClose={onStay}
      actions={
        <>
          <Button size="form" onPress={onStay}>
            Go on here
          </Button>
          <Button size="form" tone={leaves ? 'plain' : 'danger'} onPress={onDiscard}>
            Discard draft
          </Button>
          {leaves && (
            <Button size="form" tone="primary" onPress={onLeave}>
              Leave, keep draft
            </Button>
          )}
        </>
      }
    >
      {leaves
        ? `Nothing was sent. The draft stays in this browser and is there when you come back${hasSecrets ? '; values of environment variables stay only until this tab is closed' : ''}.`
        : 'Nothing was sent. Everything filled in here is forgotten.'}
    </Dialog>
  )
}
