'use client'

import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFieldArray } from 'react-hook-form'
import { Button } from '../../ui/button'
import type { Suggestion } from '../../ui/combo-field'
import { IconButton } from '../../ui/icon-button'
import { ComboInput } from './combo-input'
import { focusSoon } from './focus-soon'
import { TextInput } from './text-input'
import { useField } from './use-field'

type PairsInputProps = {
  /** A list of `{ [keys[0]]: '', [keys[1]]: '' }`. */
  name: string
  label: string
  hint?: ReactNode
  /** Names of the two columns in the values and for people. */
  keys: readonly [{ id: string; label: string }, { id: string; label: string }]
  /** Offered in the second column. */
  suggestions?: readonly Suggestion[]
  addLabel: string
  mono?: boolean
  max?: number
  /** Stands beside the button that adds a row. */
  aside?: (add: (row: Record<string, string>) => void) => ReactNode
}

/** Rows of a name and a value: tags, environment, secrets. */
export function PairsInput({
  name,
  label,
  hint,
  keys,
  suggestions,
  addLabel,
  mono,
  max = 50,
  aside,
}: PairsInputProps) {
  const { fields, append, remove } = useFieldArray({ name })
  const { error } = useField(name)
  const [first, second] = keys
  return (
    <fieldset data-field={name} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 font-medium text-ink text-sm">{label}</legend>
      {hint && <p className="-mt-1 text-ink-soft text-xs">{hint}</p>}
      {fields.map((row, at) => {
        const spoken = `${label}, row ${at + 1}`
        return (
          <div key={row.id} className="flex min-w-0 items-start gap-2">
            <TextInput
              name={`${name}.${at}.${first.id}`}
              aria-label={`${first.label}, ${spoken}`}
              placeholder={first.label}
              mono={mono}
              className="min-w-0 flex-[2]"
            />
            {suggestions ? (
              <ComboInput
                name={`${name}.${at}.${second.id}`}
                aria-label={`${second.label}, ${spoken}`}
                placeholder={second.label}
                suggestions={suggestions}
                mono={mono}
                className="min-w-0 flex-[4]"
              />
            ) : (
              <TextInput
                name={`${name}.${at}.${second.id}`}
                aria-label={`${second.label}, ${spoken}`}
                placeholder={second.label}
                mono={mono}
                className="min-w-0 flex-[4]"
              />
            )}
            <IconButton label={`Remove ${spoken}`} onPress={() => remove(at)} className="mt-[3px]">
              <X aria-hidden />
            </IconButton>
          </div>
        )
      })}
      <div className="flex flex-wrap gap-2">
        <Button
          isDisabled={fields.length >= max}
          onPress={() => {
            append({ [first.id]: '', [second.id]: '' }, { shouldFocus: false })
            focusSoon(`${name}.${fields.length}.${first.id}`)
          }}
        >
          <Plus aria-hidden />
          {addLabel}
        </Button>
        {aside?.((row) => append(row, { shouldFocus: false }))}
      </div>
      {error && <p className="text-bad-ink text-xs">{error}</p>}
    </fieldset>
  )
}
