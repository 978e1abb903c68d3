'use client'

import type { VariantProps } from 'class-variance-authority'
import type { Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { buttonStyle } from './button-style'
import { cn } from './class-names'

export type ButtonProps = Omit<AriaButtonProps, 'className'> &
  VariantProps<typeof buttonStyle> & { className?: string; ref?: Ref<HTMLButtonElement> }

/** A button says a verb with its object: "Scale service", not "OK". */
export function Button({ tone, size, className, ...props }: ButtonProps) {
  return <AriaButton {...props} className={cn(buttonStyle({ tone, size }), className)} />
}
