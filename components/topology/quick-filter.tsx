'use client'

import { Search, X } from 'lucide-react'
import type { RefObject } from 'react'
import { cn } from '../ui/class-names'
import { inputStyle } from '../ui/input-style'
import { Kbd } from '../ui/kbd'

type QuickFilterProps = {
  value: string
  onChange: (value: string) => void
  inputRef: RefObject<HTMLInputElement | null>
}

/** Dims what does not match. Escape empties it, a second Escape leaves it. */
export function QuickFilter({ value, onChange, inputRef }: QuickFilterProps) {
  return (
    <div className="group relative flex w-44 min-w-16 shrink items-center">
      <Search aria-hidden className="pointer-events-none absolute left-2 size-3.5 text-ink-soft" />
      <input
        ref={inputRef}
        type="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          if (value === '') event.currentTarget.blur()
          else onChange('')
        }}
        placeholder="Filter"
        aria-label="Filter services"
        autoComplete="off"
        spellCheck={false}
        className={cn(
          inputStyle,
          'h-7 border-line px-7 hover:border-line-strong [&::-webkit-search-cancel-button]:hidden',
        )}
      />
      {value === '' ? (
        <Kbd className="pointer-events-none absolute right-1.5 group-focus-within:hidden">/</Kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear filter"
          onClick={() => {
            onChange('')
            inputRef.current?.focus()
          }}
          className="absolute right-0.5 flex size-6 items-center justify-center rounded-chip text-ink-soft hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  )
}
