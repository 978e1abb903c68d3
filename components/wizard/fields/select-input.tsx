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
  /** Called after the value was set, for what depends on it. */
  onPicked?: (value: string) => void
  isDisabled?: boolean
  className?: string
}

export function SelectInput({ name, options, mono, onPicked, ...props }: SelectInputProps) {
  const { value, set, blur, error } = useField(name)
  const chosen = textOf(value)
  return (
    <div data-field={name} className="contents">
      <Select
        {...props}
        mono={mono}
        value={chosen === '' ? null : chosen}
        onChange={(key) => {
          if (typeof key !== 'string') return
          set(key)
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
