'use client'

import { type ReactNode, useId } from 'react'
import { cn } from './class-names'

export type RadioCard<T extends string> = {
  readonly value: T
  readonly title: string
  readonly text?: string
  readonly glyph?: ReactNode
  /** Set when it cannot be chosen now: why, as a sentence. */
  readonly reason?: string | null
}

type RadioCardsProps<T extends string> = {
  label: string
  /** The heading above says it already: the label is spoken only. */
  hideLabel?: boolean
  value: T | null
  onChange: (value: T) => void
  options: readonly RadioCard<T>[]
  error?: string
  hint?: string
  /** How many stand side by side where there is room. */
  columns?: 2 | 3 | 4
  className?: string
}

const columnStyles = {
  2: 'sm:grid-cols-2',
  3: 'sm:grid-cols-3',
  4: 'grid-cols-2 sm:grid-cols-4',
} as const

/** One of a few, each with a word of explanation: native radio buttons, so arrow keys work. */
export function RadioCards<T extends string>(props: RadioCardsProps<T>) {
  const { label, hideLabel, value, onChange, options, error, hint, columns = 3, className } = props
  const name = useId()
  return (
    <fieldset aria-describedby={`${name}-words`} className={cn('min-w-0', className)}>
      <legend className={cn('mb-1.5 font-medium text-ink text-sm', hideLabel && 'sr-only')}>{label}</legend>
      <div className={cn('grid gap-2.5', columnStyles[columns])}>
        {options.map((option) => (
          <label
            key={option.value}
            className={cn(
              'relative flex min-w-0 flex-col gap-1 rounded-card border border-line-strong bg-raised px-3 py-2.5 transition-colors',
              'has-checked:border-accent has-checked:bg-accent-soft',
              'has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
              option.reason ? 'border-dashed' : 'hover:border-ink-faint has-checked:hover:border-accent',
              error && 'border-bad',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={Boolean(option.reason)}
              onChange={() => onChange(option.value)}
              aria-labelledby={`${name}-${option.value}-title`}
              aria-describedby={`${name}-${option.value}-text`}
              className="absolute inset-0 opacity-0"
            />
            <span
              id={`${name}-${option.value}-title`}
              className="flex items-center gap-1.5 font-medium text-ink text-sm [&_svg]:size-3.5 [&_svg]:shrink-0"
            >
              {option.glyph}
              {option.title}
            </span>
            <span id={`${name}-${option.value}-text`} className="flex flex-col gap-1 text-xs">
              {option.text && <span className="text-ink-soft">{option.text}</span>}
              {option.reason && <span className="text-warn-ink">{option.reason}</span>}
            </span>
          </label>
        ))}
      </div>
      <div id={`${name}-words`} className="flex flex-col text-xs empty:hidden">
        {hint && <span className="mt-1.5 text-ink-soft">{hint}</span>}
        {error && <span className="mt-1.5 text-bad-ink">{error}</span>}
      </div>
    </fieldset>
  )
}
