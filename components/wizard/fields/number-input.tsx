'use client'

import { NumberField } from '../../ui/number-field'
import { useField } from './use-field'

type NumberInputProps = {
  name: string
  label?: string
  'aria-label'?: string
  hint?: string
  minValue?: number
  maxValue?: number
  step?: number
  isDisabled?: boolean
  className?: string
}

/** A whole number; null while the field is empty. The bounds stop the buttons; what is typed is judged by the schema. */
export function NumberInput({ name, minValue, maxValue, ...props }: NumberInputProps) {
  const { value, set, blur, error } = useField(name)
  return (
    <div data-field={name} className="contents">
      <NumberField
        {...props}
        minValue={minValue}
        maxValue={maxValue}
        formatOptions={{ useGrouping: false, maximumFractionDigits: 0 }}
        value={typeof value === 'number' ? value : Number.NaN}
        onChange={(next) => set(Number.isNaN(next) ? null : next)}
        onBlur={blur}
        error={error}
        validationBehavior="aria"
      />
    </div>
  )
}
