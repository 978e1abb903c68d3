'use client'

import { Keyboard, PhoneOutgoing, Waypoints } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCommands } from '../topology/keys/command-bus'
import { useMapUrl } from '../topology/use-map-url'
import { cn } from '../ui/class-names'
import { IconButton } from '../ui/icon-button'

/** The rooms of the house: only those that exist. */
export function Rail() {
  const [url, setUrl] = useMapUrl()
  const run = useCommands()
  return (
    <nav
      aria-label="Rooms"
      className="flex flex-col items-center gap-1 border-line border-r bg-raised py-2.5"
    >
      <RailButton label="Map" isOn onPress={() => setUrl({ view: 'map' })}>
        <Waypoints aria-hidden />
      </RailButton>
      <RailButton label="Call" shortcut="c" isOn={url.call !== null} onPress={() => run({ kind: 'call' })}>
        <PhoneOutgoing aria-hidden />
      </RailButton>
      <span className="flex-1" />
      <RailButton label="Keyboard shortcuts" shortcut="?" isOn={false} onPress={() => run({ kind: 'help' })}>
        <Keyboard aria-hidden />
      </RailButton>
    </nav>
  )
}

type RailButtonProps = {
  label: string
  shortcut?: string
  isOn: boolean
  onPress: () => void
  children: ReactNode
}

function RailButton({ label, shortcut, isOn, onPress, children }: RailButtonProps) {
  return (
    <IconButton
      label={label}
      shortcut={shortcut}
      side="right"
      onPress={onPress}
      aria-pressed={isOn}
      className={cn(
        'size-9 [&_svg]:size-[18px] [&_svg]:stroke-[1.75]',
        isOn && 'bg-accent-soft text-accent-ink data-hovered:bg-accent-soft data-hovered:text-accent-ink',
      )}
    >
      {children}
    </IconButton>
  )
}
