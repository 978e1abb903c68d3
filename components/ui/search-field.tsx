'use client'

import { Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { Button } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import {
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
} from 'react-aria-components/SearchField'
import { cn } from './class-names'
import { type ControlSize, controlHeight, inputStyle } from './input-style'

export type SearchFieldProps = Omit<AriaSearchFieldProps, 'className' | 'children'> & {
  'aria-label': string
  placeholder?: string
  size?: ControlSize
  inputRef?: Ref<HTMLInputElement>
  className?: string
}

/** Escape clears it; a second Escape leaves it. */
export function SearchField({ placeholder, size = 'bar', inputRef, className, ...rest }: SearchFieldProps) {
  return (
    <AriaSearchField {...rest} className={cn('group relative flex min-w-0 items-center', className)}>
      <Search aria-hidden className="pointer-events-none absolute left-2 size-3.5 text-ink-soft" />
      <Input
        ref={inputRef}
        placeholder={placeholder}
        className={cn(
          inputStyle,
          controlHeight[size],
          'pr-7 pl-7 [&::-webkit-search-cancel-button]:hidden [&::-webkit-search-decoration]:hidden',
        )}
      />
      <Button
        className="absolute right-0.5 flex size-6 items-center justify-center rounded-chip text-ink-soft data-hovered:text-ink group-data-empty:hidden"
        aria-label="Clear search"
      >
        <X aria-hidden className="size-3.5" />
      </Button>
    </AriaSearchField>
  )
}
