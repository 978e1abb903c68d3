'use client'

import { LayoutGrid, Maximize, Minus, Plus } from 'lucide-react'
import { IconButton } from '../ui/icon-button'
import { useCommands } from './keys/command-bus'

/** Zoom, fit and tidy, at the lower left of the map. */
export function MapControls() {
  const run = useCommands()
  const controls = [
    { label: 'Zoom in', shortcut: '+', kind: 'zoom-in', Glyph: Plus },
    { label: 'Zoom out', shortcut: '−', kind: 'zoom-out', Glyph: Minus },
    { label: 'Fit everything in view', shortcut: 'f', kind: 'fit', Glyph: Maximize },
    { label: 'Tidy up the layout', shortcut: undefined, kind: 'tidy', Glyph: LayoutGrid },
  ] as const
  return (
    <div
      role="toolbar"
      aria-label="View of the map"
      aria-orientation="vertical"
      className="pointer-events-auto absolute bottom-3 left-3 z-10 flex flex-col divide-y divide-line overflow-hidden rounded-control border border-line bg-raised"
    >
      {controls.map(({ label, shortcut, kind, Glyph }) => (
        <IconButton
          key={kind}
          label={label}
          shortcut={shortcut}
          side="right"
          onPress={() => run({ kind })}
          className="rounded-none data-focus-visible:-outline-offset-2 [&_svg]:size-3.5"
        >
          <Glyph aria-hidden />
        </IconButton>
      ))}
    </div>
  )
}
