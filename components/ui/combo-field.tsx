'use client'

import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { ComboBox } from 'react-aria-components/ComboBox'
import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import { ListBox } from 'react-aria-components/ListBox'
import { cn } from './class-names'
import { FieldError, FieldHint, FieldLabel } from './field'
import { inputStyle } from './input-style'
import { Popover } from './popover'
import { SelectItem } from './select'

export type Suggestion = { readonly value: string; readonly hint?: string }

export type ComboFieldProps = {
  label?: string
  'aria-label'?: string
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  suggestions: readonly Suggestion[]
  hint?: string
  error?: string
  placeholder?: string
  mono?: boolean
  className?: string
}

/** Free text with suggestions: whatever is typed counts, the list only helps. */
export function ComboField(props: ComboFieldProps) {
  const { label, value, onChange, onBlur, suggestions, hint, error, placeholder, mono, className } = props
  const wanted = value.trim().toLowerCase()
  const isOne = suggestions.some((each) => each.value === value)
  // What was chosen already does not narrow the list: the others stay within reach.
  const shown = isOne
    ? suggestions
    : suggestions.filter((each) => `${each.value} ${each.hint ?? ''}`.toLowerCase().includes(wanted))
  return (
    <ComboBox
      aria-label={props['aria-label']}
      inputValue={value}
      onInputChange={onChange}
      onBlur={onBlur}
      items={shown.map((each) => ({ ...each, id: each.value }))}
      allowsCustomValue
      menuTrigger="focus"
      isInvalid={Boolean(error)}
      className={cn('flex min-w-0 flex-col gap-1.5', className)}
    >
      {label && <FieldLabel>{label}</FieldLabel>}
      <Group className="relative flex items-center">
        <Input
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          className={cn(
            inputStyle,
            'h-[34px] px-2.5',
            suggestions.length > 0 && 'pr-8',
            mono && 'font-mono text-xs',
          )}
        />
        {suggestions.length > 0 && (
          <Button className="absolute right-1 flex size-6 items-center justify-center rounded-chip text-ink-soft data-hovered:text-ink">
            <ChevronDown aria-hidden className="size-3.5" />
          </Button>
        )}
      </Group>
      {hint && <FieldHint>{hint}</FieldHint>}
      <FieldError>{error}</FieldError>
      <Popover className="min-w-(--trigger-width)">
        <ListBox<Suggestion & { id: string }> className="max-h-72 overflow-auto p-1 outline-none">
          {(each) => (
            <SelectItem id={each.id} mono={mono} hint={each.hint}>
              {each.value}
            </SelectItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
