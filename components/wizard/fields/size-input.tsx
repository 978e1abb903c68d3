'use client'

import { Select, SelectItem } from '../../ui/select'
import { useField } from './use-field'

type SizeInputProps = {
  name: string
  label: string
  hint?: string
  sizes: readonly { readonly value: number; readonly label: string }[]
  onPicked?: (value: number) => void
}

/** One of the numbers that there are. */
export function SizeInput({ name, label, hint, sizes, onPicked }: SizeInputProps) {
  const { value, set, blur, error } = useField(name)
  return (
    <div data-field={name} className="contents">
      <Select
        label={label}
        hint={hint}
        value={typeof value === 'number' ? String(value) : null}
        onChange={(key) => {
          const size = sizes.find((each) => String(each.value) === key)
          if (!size) return
          set(size.value)
          onPicked?.(size.value)
        }}
        onBlur={blur}
        error={error}
        validationBehavior="aria"
      >
        {sizes.map((size) => (
          <SelectItem key={size.value} id={String(size.value)}>
            {size.label}
          </SelectItem>
        ))}
      </Select>
    </div>
  )
}
