'use client'

import type { ReactNode } from 'react'
import { Checkbox } from '../../ui/checkbox'
import { useField } from './use-field'

type CheckInputProps = {
  name: string
  hint?: ReactNode
  reason?: string | null
  children: ReactNode
  onPicked?: (checked: boolean) => void
}

export function CheckInput({ name, onPicked, ...props }: CheckInputProps) {
  const { value, set, error } = useField(name)
  return (
    <div data-field={name}>
      <Checkbox
        {...props}
        checked={value === true}
        onChange={(checked) => {
          set(checked)
          onPicked?.(checked)
        }}
      />
      {error && <p className="pl-6 text-bad-ink text-xs">{error}</p>}
    </div>
  )
}
