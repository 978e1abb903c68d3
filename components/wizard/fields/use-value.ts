'use client'

import { useWatch } from 'react-hook-form'
import { textOf } from './use-field'

/** What a field holds now; the component draws again when it changes. */
export function useValue(name: string): unknown {
  const value: unknown = useWatch({ name })
  return value
}

export const useText = (name: string): string => textOf(useValue(name))

export function useNumber(name: string): number | null {
  const value = useValue(name)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** The place of a field inside a group of fields; an empty group is the form itself. */
export const at = (group: string, name: string): string => (group === '' ? name : `${group}.${name}`)
