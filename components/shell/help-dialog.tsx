'use client'

import { Switch } from 'react-aria-components/Switch'
import { shortcutHelp } from '../topology/keys/shortcuts'
import { useSingleKeys } from '../topology/keys/single-keys'
import { cn } from '../ui/class-names'
import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const [singleKeys, setSingleKeys] = useSingleKeys()
  return (
    <Dialog title="Keyboard shortcuts" isOpen onClose={onClose}>
      <dl className="flex flex-col">
        {shortcutHelp.map((shortcut) => (
          <div
            key={shortcut.does}
            className={cn(
              'flex min-h-8 items-center justify-between gap-4 border-line border-b last:border-b-0',
              shortcut.single && !singleKeys && 'line-through opacity-50',
            )}
          >
            <dt className="text-ink">{shortcut.does}</dt>
            <dd className="flex gap-1">
              {shortcut.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Switch
        isSelected={singleKeys}
        onChange={setSingleKeys}
        className="group mt-4 flex items-center justify-between gap-4 rounded-control bg-sunk px-3 py-2.5"
      >
        <span className="flex flex-col">
          <span className="text-ink">Single-key shortcuts</span>
          <span className="text-xs">Turn them off when speech input or stray keys set them off.</span>
        </span>
        <span className="flex h-5 w-9 shrink-0 items-center rounded-full bg-off p-0.5 transition-colors group-data-focus-visible:outline-2 group-data-focus-visible:outline-accent group-data-focus-visible:outline-offset-2 group-data-selected:bg-accent">
          <span className="size-4 rounded-full bg-raised transition-transform group-data-selected:translate-x-4" />
        </span>
      </Switch>
    </Dialog>
  )
}
