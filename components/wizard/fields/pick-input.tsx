'use client'

import { useId } from 'react'
import { Checkbox } from '../../ui/checkbox'
import { useField } from './use-field'

export type PickGroup = {
  readonly title: string
  /** Set when none of it can be chosen now: why, as a sentence. */
  readonly reason?: string | null
  readonly items: readonly {
    readonly value: string
    readonly title: string
    readonly hint: string
    readonly reason?: string | null
  }[]
}

type PickInputProps = {
  name: string
  label: string
  hint?: string
  groups: readonly PickGroup[]
  onPicked?: (values: readonly string[]) => void
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** Several of a list that is grouped by where they belong. */
export function PickInput({ name, label, hint, groups, onPicked }: PickInputProps) {
  const { value, set, blur, error } = useField(name)
  const id = useId()
  const chosen = Array.isArray(value) ? value.filter(isText) : []
  const toggle = (item: string, isOn: boolean) => {
    const next = isOn ? [...chosen, item] : chosen.filter((each) => each !== item)
    set(next)
    onPicked?.(next)
  }
  return (
    <fieldset data-field={name} aria-describedby={`${id}-words`} onBlur={blur} className="min-w-0">
      <legend className="mb-1.5 font-medium text-ink text-sm">{label}</legend>
      <div className="max-h-72 overflow-auto rounded-control border border-line-strong bg-raised">
        {groups.map((group) => (
          <div key={group.title} className="border-line not-first:border-t px-3 py-2">
            <p className="mb-1 truncate text-ink-soft text-xs">{group.title}</p>
            {group.reason && <p className="mb-1 text-warn-ink text-xs">{group.reason}</p>}
            <div className="flex flex-col gap-1">
              {group.items.map((item) => (
                <Checkbox
                  key={item.value}
                  checked={chosen.includes(item.value)}
                  onChange={(isOn) => toggle(item.value, isOn)}
                  reason={item.reason}
                  isDisabled={Boolean(group.reason) && !chosen.includes(item.value)}
                >
                  <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
                    <span className="wrap-anywhere">{item.title}</span>
                    <span className="font-mono text-2xs text-ink-soft">{item.hint}</span>
                  </span>
                </Checkbox>
              ))}
            </div>
          </div>
        ))}
      </div>
      <div id={`${id}-words`} className="flex flex-col text-xs empty:hidden">
        {hint && <span className="mt-1.5 text-ink-soft">{hint}</span>}
        {error && <span className="mt-1.5 text-bad-ink">{error}</span>}
      </div>
    </fieldset>
  )
}
