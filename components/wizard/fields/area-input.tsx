'use client'

import { TextArea } from '../../ui/text-area'
import { textOf, useField } from './use-field'

type AreaInputProps = {
  name: string
  label: string
  hint?: string
  rows?: number
  mono?: boolean
  placeholder?: string
}

export function AreaInput({ name, ...props }: AreaInputProps) {
  const { value, set, blur, error } = useField(name)
  return (
    <div data-field={name} className="contents">
      <TextArea
        {...props}
        value={textOf(value)}
        onChange={set}
        onBlur={blur}
        error={error}
        validationBehavior="aria"
      />
    </div>
  )
}
