'use client'

import { Minus, Plus } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
} from 'react-aria-components/NumberField'
import { cn } from './class-names'
import { FieldError, FieldHint, FieldLabel } from './field'
import { type ControlSize, controlHeight, inputStyle } from './input-style'

export type NumberFieldProps = Omit<AriaNumberFieldProps, 'className' | 'children'> & {
  label?: string
  hint?: string
  error?: string
  size?: ControlSize
  className?: string
}

const stepStyle =
  'flex h-full w-8 shrink-0 items-center justify-center text-ink-soft data-hovered:bg-sunk data-hovered:text-ink data-disabled:opacity-40'

export function NumberField({ label, hint, error, size = 'form', className, ...rest }: NumberFieldProps) {
  return (
    <AriaNumberField
      {...rest}
      isInvalid={error ? true : rest.isInvalid}
      className={cn('flex min-w-0 flex-col gap-1.5', className)}
    >
      {label && <FieldLabel>{label}</FieldLabel>}
      <Group
        className={cn(
          'flex w-36 items-stretch overflow-hidden rounded-control border border-line-strong bg-raised data-invalid:border-bad data-focus-within:border-accent data-focus-within:outline-2 data-focus-within:outline-accent/25',
          size === 'bar' ? 'h-7' : 'h-[34px]',
        )}
      >
        <Button slot="decrement" className={cn(stepStyle, 'border-line border-r')}>
          <Minus aria-hidden className="size-3.5" />
        </Button>
        <Input
          onInput={(event) => takeTyped(event.currentTarget.value, rest)}
          className={cn(
            inputStyle,
            controlHeight[size],
            'h-full border-0 text-center font-mono focus:outline-none',
          )}
        />
        <Button slot="increment" className={cn(stepStyle, 'border-line border-l')}>
          <Plus aria-hidden className="size-3.5" />
        </Button>
      </Group>
      {hint && <FieldHint>{hint}</FieldHint>}
      <FieldError>{error}</FieldError>
    </AriaNumberField>
  )
}

/** React Aria tells of a number when the field is left; what depends on it should follow while it is typed. */
function takeTyped(
  text: string,
  { onChange, minValue = 0, maxValue = Number.MAX_SAFE_INTEGER }: NumberFieldProps,
) {
  const typed = text.trim() === '' ? Number.NaN : Number(text.replaceAll(',', ''))
  if (Number.isInteger(typed) && typed >= minValue && typed <= maxValue) onChange?.(typed)
}
