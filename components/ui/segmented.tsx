'use client'

import type { ReactNode } from 'react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { cn } from './class-names'

type SegmentedProps<T extends string> = {
  'aria-label': string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: string; glyph?: ReactNode }[]
  className?: string
}

/** One of a few, all in sight. With a glyph the label is spoken only. */
export function Segmented<T extends string>({
  value,
  onChange,
  options,
  className,
  ...rest
}: SegmentedProps<T>) {
  return (
    <ToggleButtonGroup
      {...rest}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = options.find((option) => keys.has(option.value))
        if (chosen) onChange(chosen.value)
      }}
      className={cn(
        'inline-flex h-7 items-stretch rounded-control border border-line bg-raised p-px',
        className,
      )}
    >
      {options.map((option) => (
        <ToggleButton
          key={option.value}
          id={option.value}
          aria-label={option.label}
          className="inline-flex min-w-6 items-center justify-center rounded-[5px] px-2.5 text-ink-soft text-sm transition-colors data-selected:bg-sunk data-selected:font-medium data-hovered:text-ink data-selected:text-ink [&_svg]:size-3.5"
        >
          {option.glyph ?? option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
