'use client'

import { TextField } from '../ui/text-field'

type ConfirmNameProps = {
  /** The name that has to be typed. */
  name: string
  value: string
  onChange: (value: string) => void
  onEnter: () => void
}

/** Asks for the name of what is to be destroyed: exactly, so that nothing is deleted by a slip. */
export function ConfirmName({ name, value, onChange, onEnter }: ConfirmNameProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (value === name) onEnter()
      }}
      className="flex min-w-0 flex-1 basis-60 flex-col gap-1"
    >
      <p className="text-ink-soft text-xs">
        Type <strong className="wrap-anywhere select-all font-medium font-mono text-ink">{name}</strong> to
        confirm
      </p>
      <TextField
        aria-label={`Type ${name} to confirm`}
        value={value}
        onChange={onChange}
        autoComplete="off"
        spellCheck="false"
        mono
      />
    </form>
  )
}
