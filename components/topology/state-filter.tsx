'use client'

import { ListFilter } from 'lucide-react'
import type { State } from '@/lib/topology/model'
import { Button } from '../ui/button'
import { cn } from '../ui/class-names'
import { Menu, MenuItem, MenuTrigger } from '../ui/menu'
import { StateGlyph, stateColour } from './state-glyph'
import { stateWord } from './state-words'
import { states } from './url-state'

type StateFilterProps = { value: readonly State[]; onChange: (states: State[] | null) => void }

/** Which states to look at; none chosen means all. */
export function StateFilter({ value, onChange }: StateFilterProps) {
  const label =
    value.length === 0
      ? 'All health'
      : value.length === 1
        ? value.map(stateWord).join()
        : `${value.length} states`
  return (
    <MenuTrigger>
      <Button
        aria-label={`Filter by health: ${label}`}
        className={cn('border-line px-2.5', value.length > 0 && 'border-accent text-accent-ink')}
      >
        <ListFilter aria-hidden />
        <span className="@max-[44rem]:sr-only">{label}</span>
      </Button>
      <Menu
        aria-label="Health"
        selectionMode="multiple"
        selectedKeys={value}
        onSelectionChange={(keys) => {
          const chosen = states.filter((state) => keys === 'all' || keys.has(state))
          onChange(chosen.length === 0 || chosen.length === states.length ? null : chosen)
        }}
      >
        {states.map((state) => (
          <MenuItem
            key={state}
            id={state}
            textValue={stateWord(state)}
            icon={<StateGlyph state={state} className={stateColour(state)} />}
          >
            {stateWord(state)}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  )
}
