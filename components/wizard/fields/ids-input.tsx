'use client'

import { useState } from 'react'
import { TextArea } from '../../ui/text-area'
import { splitIds } from './split-ids'
import { useField } from './use-field'

type IdsInputProps = { name: string; label: string; hint?: string; placeholder?: string }

/** A list of ids, typed by hand because it cannot be read. */
export function IdsInput({ name, ...props }: IdsInputProps) {
  const { value, set, blur, error } = useField(name)
  const kept = Array.isArray(value) ? value.join('\n') : ''
  // The separators somebody types would be lost in a list.
  const [text, setText] = useState(kept)
  return (
    <div data-field={name} className="contents">
      <TextArea
        {...props}
        mono
        rows={2}
        value={text}
        onChange={(next) => {
          setText(next)
          set(splitIds(next))
        }}
        onBlur={blur}
        error={error}
        validationBehavior="aria"
      />
    </div>
  )
}
