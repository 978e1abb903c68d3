'use client'

import { TextField } from '../../ui/text-field'
import { useField } from './use-field'

type NumberBoxProps = {
  name: string
  label?: string
  'aria-label'?: string
  hint?: string
  placeholder?: string
  className?: string
}

/** A number that is typed, not stepped through, such as a port; null while the box is empty. */
export function NumberBox({ name, ...props }: NumberBoxProps) {
  const { value, set, blur, error } = useField(name)
  return (
    <div data-field={name} className="contents">
      <TextField
        {...props}
        mono
        inputMode="numeric"
        value={typeof value === 'number' ? String(value) : ''}
        onChange={(text) => set(readNumber(text))}
        onBlur={blur}
        error={error}
        validationBehavior="aria"
        autoComplete="off"
      />
    </div>
  )
}

/** The digits of a text as a number; nothing else can be typed into a number box. */
export function readNumber(text: string): number | null {
  const digits = text.replaceAll(/\D/g, '').slice(0, 10)
  return digits === '' ? null : Number(digits)
}
