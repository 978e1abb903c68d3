'use client'

import { Search } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useCommands } from '../topology/keys/command-bus'
import { Button } from '../ui/button'
import { Kbd } from '../ui/kbd'

const never = () => () => {}
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform)

/** Looks like a field, opens the palette. */
export function CommandField() {
  const run = useCommands()
  const apple = useSyncExternalStore(never, isApple, () => false)
  return (
    <Button
      onPress={() => run({ kind: 'palette' })}
      aria-label="Search or run a command"
      aria-keyshortcuts="Meta+K Control+K"
      className="w-[300px] min-w-7 shrink justify-start border-line font-normal text-ink-soft max-md:w-7 max-md:justify-center max-md:px-0"
    >
      <Search aria-hidden />
      <span className="min-w-0 flex-1 truncate text-left max-md:hidden">Search or run a command</span>
      <Kbd className="max-md:hidden">{apple ? '⌘K' : 'Ctrl K'}</Kbd>
    </Button>
  )
}
