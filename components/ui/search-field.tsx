'use client'

import { Search, X } from 'lucide-react'
import type { RefObject } from 'react'
import { cn } from './class-names'
import { inputStyle } from './input-style'
import { Kbd } from './kbd'

type SearchFieldProps = {
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  /** The key that leads here, shown while the field is empty. */
  shortcut?: string
  inputRef: RefObject<HTMLInputElement | null>
  className?: string
}

/** A field that filters what is in sight. Escape empties it, a second Escape leaves it. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder, value, onChange, shortcut, inputRef, className } = props
  return (
    <div className={cn('group relative flex items-center', className)}>
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
        placeholder={placeholder}
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        className={cn(
          inputStyle,
          'h-7 border-line px-7 hover:border-line-strong [&::-webkit-search-cancel-button]:hidden',
        )}
      />
      {value === '' && shortcut && (
        <Kbd className="pointer-events-none absolute right-1.5 group-focus-within:hidden">{shortcut}</Kbd>
      )}
      {value !== '' && (
        <button
          type="button"
          aria-label={`Clear: ${label}`}
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
