'use client'

import type { ReactNode } from 'react'
import { FieldError as AriaFieldError } from 'react-aria-components/FieldError'
import { Label as AriaLabel } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'

export function FieldLabel({ children }: { children: ReactNode }) {
  return <AriaLabel className="font-medium text-ink text-sm">{children}</AriaLabel>
}

export function FieldHint({ children }: { children: ReactNode }) {
  return (
    <Text slot="description" className="text-pretty text-ink-soft text-xs">
      {children}
    </Text>
  )
}

export function FieldError({ children }: { children?: string }) {
  return <AriaFieldError className="text-bad-ink text-xs">{children}</AriaFieldError>
}
