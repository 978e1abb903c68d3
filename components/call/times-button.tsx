'use client'

import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import { NumberField } from 'react-aria-components/NumberField'
import { Button } from '../ui/button'
import { cn } from '../ui/class-names'
import { Tooltip } from '../ui/tooltip'

const minCount = 2
const maxCount = 500

type TimesProps = {
  readonly count: number
  readonly isDisabled: boolean
  /** Why it is not offered here at all. */
  readonly whyNot: string | null
  readonly onChange: (count: number) => void
  readonly onCall: (count: number) => void
}

/** `Call × [50]`: the number is part of the button's group, so that the verb and its object stand together. */
export function TimesButton({ count, isDisabled, whyNot, onChange, onCall }: TimesProps) {
  const group = (
    <Group
      aria-label={whyNot === null ? 'Many calls' : `Many calls. ${whyNot}`}
      className={cn(
        'flex h-7 shrink-0 items-stretch rounded-control border border-line-strong bg-raised data-focus-within:border-accent',
        // What is disabled takes no pointer: the group does, and tells why.
        whyNot !== null && '[&>*]:pointer-events-none',
      )}
    >
      <Button
        tone="quiet"
        isDisabled={isDisabled}
        onPress={() => onCall(count)}
        aria-label={`Call × ${count}`}
        className="h-full rounded-r-none border-line border-r text-ink"
      >
        Call ×
      </Button>
      <NumberField
        aria-label="How many calls"
        value={count}
        isDisabled={whyNot !== null}
        minValue={minCount}
        maxValue={maxCount}
        onChange={(value) => {
          if (Number.isInteger(value)) onChange(value)
        }}
      >
        <Input
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // Enter here means this many, not the form's one call.
            event.preventDefault()
            const typed = Number(event.currentTarget.value)
            if (isDisabled || !Number.isInteger(typed) || typed < minCount || typed > maxCount) return
            onChange(typed)
            onCall(typed)
          }}
          className="h-full w-11 bg-transparent text-center font-mono text-ink text-xs outline-none"
        />
      </NumberField>
    </Group>
  )
  return whyNot === null ? (
    group
  ) : (
    <Tooltip text={whyNot} side="top">
      {group}
    </Tooltip>
  )
}
