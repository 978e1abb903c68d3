'use client'

import { TextField } from '../../ui/text-field'
import { textOf, useField } from './use-field'

type TextInputProps = {
  name: string
  label?: string
  'aria-label'?: string
  hint?: string
  placeholder?: string
  mono?: boolean
  isDisabled?: boolean
  className?: string
  /** Called at every change, before the field's value changes. */
  onTyped?: (value: string, before: string) => void
}

export function TextInput({ name, onTyped, ...props }: TextInputProps) {
  const { value, set, blur, error } = useField(name)
  return (
    <div data-field={name} className="contents">
      <TextField
        {...props}
        value={textOf(value)}
        onChange={(next) => {
          onTyped?.(next, textOf(value))
          set(next)
        }}
        onBlur={blur}
        error={error}
        validationBehavior="aria"
        autoComplete="off"
        spellCheck="false"
      />
    </div>
  )
}
