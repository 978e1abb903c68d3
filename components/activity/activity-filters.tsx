'use client'

import { X } from 'lucide-react'
import { useRef } from 'react'
import { useCommandHandler } from '../topology/keys/command-bus'
import { Button } from '../ui/button'
import { SearchField } from '../ui/search-field'
import { Segmented } from '../ui/segmented'
import { Select, SelectItem } from '../ui/select'
import { type ActivityLook, results, type Span } from './activity-url'
import { resultWords } from './activity-words'

const spanOptions: readonly { value: Span; label: string }[] = [
  { value: 'hour', label: 'Last hour' },
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'all', label: 'All' },
]

type ActivityFiltersProps = {
  look: ActivityLook
  onChange: (change: Partial<Pick<ActivityLook, 'text' | 'result' | 'span' | 'run'>>) => void
}

export function ActivityFilters({ look, onChange }: ActivityFiltersProps) {
  const field = useRef<HTMLInputElement>(null)
  useCommandHandler((command) => {
    if (command.kind !== 'search') return false
    field.current?.focus()
    field.current?.select()
    return true
  })
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Filter activity"
        placeholder="Name, call, who, request id"
        shortcut="/"
        value={look.text}
        onChange={(text) => onChange({ text })}
        inputRef={field}
        className="w-72"
      />
      <Select
        aria-label="Result"
        size="bar"
        selectedKey={look.result ?? 'any'}
        onSelectionChange={(key) => onChange({ result: results.find((each) => each === key) ?? null })}
        className="w-40"
      >
        <SelectItem id="any">Any result</SelectItem>
        {results.map((result) => (
          <SelectItem key={result} id={result}>
            {resultWords[result]}
          </SelectItem>
        ))}
      </Select>
      <Segmented
        aria-label="Time"
        value={look.span}
        options={spanOptions}
        onChange={(span) => onChange({ span })}
      />
      {look.run !== null && (
        <Button onPress={() => onChange({ run: null })} aria-label="Show every plan, not only this one">
          one plan only
          <X aria-hidden />
        </Button>
      )}
    </div>
  )
}
