'use client'

import { Segmented } from '../../ui/segmented'
import { textOf, useField } from './use-field'

type SegmentInputProps<T extends string> = {
  name: string
  label: string
  hint?: string
  options: readonly { readonly value: T; readonly label: string }[]
}

/** One of two or three words. */
export function SegmentInput<T extends string>({ name, label, hint, options }: SegmentInputProps<T>) {
  const { value, set, error } = useField(name)
  const [first] = options
  const chosen = options.find((option) => option.value === textOf(value)) ?? first
  if (!chosen) return null
  return (
    <div data-field={name} className="flex min-w-0 flex-col gap-1.5">
      <span aria-hidden className="font-medium text-ink text-sm">
        {label}
      </span>
      <Segmented
        aria-label={label}
        value={chosen.value}
        onChange={set}
        options={options}
        className="h-[34px] w-fit"
      />
      {hint && <span className="text-ink-soft text-xs">{hint}</span>}
      {error && <span className="text-bad-ink text-xs">{error}</span>}
    </div>
  )
}
