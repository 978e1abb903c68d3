'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { useTopologyFeed } from '../topology/feed/use-feed'
import { useCommandHandler } from '../topology/keys/command-bus'
import { FlashBar } from './flash-bar'
import { Rail } from './rail'
import { TopBar } from './top-bar'

const CommandPalette = dynamic(() => import('./command-palette').then((module) => module.CommandPalette), {
  ssr: false,
})
const HelpDialog = dynamic(() => import('./help-dialog').then((module) => module.HelpDialog), { ssr: false })

/** What stands around every room: the top bar, the rail, notices; and the one live stream. */
export function Frame({ children }: { children: ReactNode }) {
  useTopologyFeed()
  const [layer, setLayer] = useState<'palette' | 'help' | null>(null)
  useCommandHandler((command) => {
    if (command.kind !== 'palette' && command.kind !== 'help') return false
    setLayer(command.kind)
    return true
  })
  return (
    <div className="grid h-dvh grid-cols-[52px_minmax(0,1fr)] grid-rows-[48px_minmax(0,1fr)] overflow-hidden">
      <TopBar />
      <Rail />
      <div className="relative flex min-h-0 min-w-0 flex-col">
        <FlashBar />
        <main className="relative min-h-0 flex-1">{children}</main>
      </div>
      {layer === 'palette' && <CommandPalette onClose={() => setLayer(null)} />}
      {layer === 'help' && <HelpDialog onClose={() => setLayer(null)} />}
    </div>
  )
}
