'use client'

import type { Ref } from 'react'
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea'
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField'
import { cn } from './class-names'
import { FieldError, FieldHint, FieldLabel } from './field'
import { inputStyle } from './input-style'

export type TextAreaProps = Omit<AriaTextFieldProps, 'className' | 'children'> & {
  label?: string
  hint?: string
  error?: string
  placeholder?: string
  mono?: boolean
  rows?: number
  inputRef?: Ref<HTMLTextAreaElement>
  className?: string
}

/** Text of several lines. */
export function TextArea(props: TextAreaProps) {
  const { label, hint, error, placeholder, mono, rows = 3, inputRef, className, ...rest } = props
  return (
    <AriaTextField
      {...rest}
      isInvalid={error ? true : rest.isInvalid}
      className={cn('flex min-w-0 flex-col gap-1.5', className)}
    >
      {label && <FieldLabel>{label}</FieldLabel>}
      <AriaTextArea
        ref={inputRef}
        rows={rows}
        placeholder={placeholder}
        spellCheck={!mono}
        className={cn(inputStyle, 'resize-y px-2.5 py-1.5', mono && 'font-mono text-xs')}
      />
      {hint && <FieldHint>{hint}</FieldHint>}
      <FieldError>{error}</FieldError>
    </AriaTextField>
  )
}
