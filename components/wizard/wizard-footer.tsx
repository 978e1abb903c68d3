'use client'

import { Button } from '../ui/button'

type WizardFooterProps = {
  /** null on the first step. */
  onBack: (() => void) | null
  isSaved: boolean
  isDirty: boolean
  onStartOver: () => void
  /** The way on: the next step, or the run. */
  action: {
    readonly label: string
    readonly isDisabled: boolean
    readonly onPress: () => void
  } | null
  /** Why there is no action. */
  notice: string | null
}

export function WizardFooter({ onBack, isSaved, isDirty, onStartOver, action, notice }: WizardFooterProps) {
  return (
    <footer className="flex shrink-0 items-center gap-2.5 border-line border-t bg-raised px-8 py-3.5 max-md:px-4">
      {onBack && (
        <Button size="form" onPress={onBack}>
          Back
        </Button>
      )}
      {isDirty && (
        <Button size="form" tone="quiet" onPress={onStartOver} className={onBack ? undefined : '-ml-3.5'}>
          Start over
        </Button>
      )}
      <span className="flex-1" />
      <span role="status" className="text-right text-ink-soft text-sm max-sm:sr-only">
        {notice ?? (isDirty ? (isSaved ? 'draft saved' : 'draft not saved: this browser keeps nothing') : '')}
      </span>
      {action && (
        <Button
          size="form"
          tone="primary"
          aria-keyshortcuts="Control+Enter Meta+Enter"
          isDisabled={action.isDisabled}
          onPress={action.onPress}
        >
          {action.label}
        </Button>
      )}
    </footer>
  )
}
