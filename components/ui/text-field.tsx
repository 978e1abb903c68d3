'use client'

import { Input } from 'react-aria-components/Input'
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField'
import { cn } from './class-names'
import { FieldError, FieldHint, FieldLabel } from './field'
import { type ControlSize, controlHeight, inputStyle } from './input-style'

export type TextFieldProps = Omit<AriaTextFieldProps, 'className' | 'children'> & {
  /** Leave out on bars and give `aria-label` instead. */
  label?: string
  hint?: string
  error?: string
  placeholder?: string
  /** Ids, paths, addresses and commands are mono. */
  mono?: boolean
  size?: ControlSize
  className?: string
}

export function TextField(props: TextFieldProps) {
  const { label, hint, error, placeholder, mono, size = 'form', className, ...rest } = props
  return (
    <AriaTextField
      {...rest}
      isInvalid={error ? true : rest.isInvalid}
      className={cn('flex min-w-0 flex-col gap-1.5', className)}
    >
      {label && <FieldLabel>{label}</FieldLabel>}
      <Input
        placeholder={placeholder}
        className={cn(inputStyle, controlHeight[size], mono && 'font-mono text-xs')}
      />
      {hint && <FieldHint>{hint}</FieldHint>}
      <FieldError>{error}</FieldError>
    </AriaTextField>
  )
}
