'use client'

import { useController } from 'react-hook-form'

export type BoundField = {
  readonly value: unknown
  readonly set: (value: unknown) => void
  readonly blur: () => void
  readonly error: string | undefined
}

/** One value of the form around, by its place: `ports.0.name`. */
export function useField(name: string): BoundField {
  const { field, fieldState } = useController({ name })
  const value: unknown = field.value
  return {
    value,
    set: field.onChange,
    blur: field.onBlur,
    error: fieldState.error?.message ?? fieldState.error?.root?.message,
  }
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
