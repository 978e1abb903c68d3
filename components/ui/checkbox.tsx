'use client'

import { Check } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { cn } from './class-names'

type CheckboxProps = {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Second line: what it does. */
  hint?: ReactNode
  /** Set when it cannot be changed now: why, as a sentence. */
  reason?: string | null
  /** The same, when why is said elsewhere. */
  isDisabled?: boolean
  children: ReactNode
  className?: string
}

/** Yes or no, with its words beside it: a native checkbox. */
export function Checkbox({
  checked,
  onChange,
  hint,
  reason,
  isDisabled,
  children,
  className,
}: CheckboxProps) {
  const id = useId()
  return (
    <div className={cn('flex min-w-0 flex-col', className)}>
      <label
        className={cn(
          'group flex min-h-6 min-w-0 items-start gap-2 text-ink text-sm',
          (isDisabled || reason) && 'text-ink-soft',
        )}
      >
        <span className="relative mt-0.5 flex size-4 shrink-0">
          <input
            type="checkbox"
            checked={checked}
            disabled={isDisabled || Boolean(reason)}
            onChange={(event) => onChange(event.target.checked)}
            aria-describedby={hint || reason ? id : undefined}
            className="peer absolute inset-0 opacity-0"
          />
          <span
            className={cn(
              'flex size-4 items-center justify-center rounded-chip border border-ink-faint bg-raised text-on-accent transition-colors',
              'peer-checked:border-accent peer-checked:bg-accent peer-disabled:opacity-45',
              'peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2',
            )}
          >
            {checked && <Check aria-hidden className="size-3" strokeWidth={3} />}
          </span>
        </span>
        <span className="min-w-0">{children}</span>
      </label>
      {(hint || reason) && (
        <span id={id} className="flex flex-col pl-6 text-ink-soft text-xs">
          {hint && <span>{hint}</span>}
          {reason && <span className="text-warn-ink">{reason}</span>}
        </span>
      )}
    </div>
  )
}
