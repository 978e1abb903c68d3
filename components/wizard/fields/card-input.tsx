'use client'

import { type RadioCard, RadioCards } from '../../ui/radio-cards'
import { textOf, useField } from './use-field'

type CardInputProps<T extends string> = {
  name: string
  label: string
  hideLabel?: boolean
  hint?: string
  options: readonly RadioCard<T>[]
  columns?: 2 | 3 | 4
  onPicked?: (value: T) => void
}

export function CardInput<T extends string>({ name, options, onPicked, ...props }: CardInputProps<T>) {
  const { value, set, error } = useField(name)
  const chosen = options.find((option) => option.value === textOf(value))
  return (
    <div data-field={name}>
      <RadioCards
        {...props}
        options={options}
        value={chosen?.value ?? null}
        onChange={(next) => {
          set(next)
          onPicked?.(next)
        }}
        error={error}
      />
    </div>
  )
}
