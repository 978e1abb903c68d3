'use client'

import { ComboField, type Suggestion } from '../../ui/combo-field'
import { textOf, useField } from './use-field'

type ComboInputProps = {
  name: string
  label?: string
  'aria-label'?: string
  hint?: string
  placeholder?: string
  mono?: boolean
  suggestions: readonly Suggestion[]
  onPicked?: (value: string) => void
  className?: string
}

export function ComboInput({ name, onPicked, ...props }: ComboInputProps) {
  const { value, set, blur, error } = useField(name)
  return (
    <div data-field={name} className="contents">
      <ComboField
        {...props}
        value={textOf(value)}
        onChange={(next) => {
          set(next)
          onPicked?.(next)
        }}
        onBlur={blur}
        error={error}
      />
    </div>
  )
}
