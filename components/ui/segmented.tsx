'use client'

import { type ReactNode, useId } from 'react'
import { cn } from './class-names'

type SegmentedProps<T extends string> = {
  'aria-label': string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: string; glyph?: ReactNode }[]
  className?: string
}

/** One of a few, all in sight: native radio buttons, so arrow keys work. With a glyph the label is spoken only. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { value, onChange, options, className } = props
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={props['aria-label']}
      className={cn(
        'inline-flex h-7 shrink-0 items-stretch rounded-control border border-line bg-raised p-px',
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          title={option.glyph ? option.label : undefined}
          className={cn(
            'relative inline-flex min-w-6 items-center justify-center whitespace-nowrap rounded-[5px] px-2.5 text-ink-soft text-sm transition-colors hover:text-ink [&_svg]:size-3.5',
            'has-checked:bg-sunk has-checked:font-medium has-checked:text-ink',
            'has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-1',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-label={option.label}
            className="absolute inset-0 opacity-0"
          />
          {option.glyph ?? option.label}
        </label>
      ))}
    </div>
  )
}
