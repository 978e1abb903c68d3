'use client'

import type { ReactNode } from 'react'
import { Select, SelectItem } from '../../ui/select'
import { textOf, useField } from './use-field'

export type SelectOption = {
  readonly value: string
  readonly label: string
  readonly hint?: string
  readonly glyph?: ReactNode
  /** Set when it cannot be chosen now: why, as a sentence. */
  readonly reason?: string | null
}

type SelectInputProps = {
  name: string
  label?: string
  'aria-label'?: string
  hint?: string
  placeholder?: string
  mono?: boolean
  options: readonly SelectOption[]
  /** Shown as chosen in place of the field's value; then `onPicked` sets the value. */
  shown?: string
  /** The option that stands for the empty text: a list has no option without a key. */
  emptyValue?: string
  /** Called after the value was set, for what depends on it; with `shown`, in place of setting it. */
  onPicked?: (value: string) => void
  isDisabled?: boolean
  className?: string
}

export function SelectInput({
  name,
  options,
  shown,
  emptyValue,
  mono,
  onPicked,
  ...props
}: SelectInputProps) {
  const { value, set, blur, error } = useField(name)
  const chosen = shown ?? (textOf(value) || (emptyValue ?? ''))
  return (
    <div data-field={name} className="contents">
      <Select
        {...props}
        mono={mono}
        value={chosen === '' ? null : chosen}
        onChange={(key) => {
          if (typeof key !== 'string') return
          if (shown === undefined) set(key === emptyValue ? '' : key)
          onPicked?.(key)
        }}
        onBlur={blur}
        error={error}
        disabledKeys={options.filter((option) => option.reason).map((option) => option.value)}
        validationBehavior="aria"
      >
        {options.map((option) => (
          <SelectItem
            key={option.value}
            id={option.value}
            mono={mono}
            icon={option.glyph}
            hint={option.reason ?? option.hint}
          >
            {option.label}
          </SelectItem>
        ))}
      </Select>
    </div>
  )
}
