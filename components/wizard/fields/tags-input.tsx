'use client'

import { PairsInput } from './pairs-input'

/** Tags of whatever is being made. */
export function TagsInput({ name, hint }: { name: string; hint?: string }) {
  return (
    <PairsInput
      name={name}
      label="Tags"
      hint={hint ?? 'For cost reports and rules. Keys that start with aws: are AWS’s own.'}
      keys={[
        { id: 'key', label: 'Key' },
        { id: 'value', label: 'Value' },
      ]}
      addLabel="Add tag"
    />
  )
}
