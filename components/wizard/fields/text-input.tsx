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
}

export function TextInput({ name, ...props }: TextInputProps) {
  const { value, set, blur, error } = useField(name)
  return (
    <div data-field={name} className="contents">
      <TextField
        {...props}
        value={textOf(value)}
        onChange={set}
        onBlur={blur}
        error={error}
        validationBehavior="aria"
        autoComplete="off"
        spellCheck="false"
      />
    </div>
  )
}
