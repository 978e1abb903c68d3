'use client'

import Link from 'next/link'
import { CommandField } from './command-field'
import { CreateMenu } from './create-menu'
import { LiveIndicator } from './live-indicator'
import { Logo } from './logo'
import { TargetBadge } from './target-badge'
import { ThemeToggle } from './theme-toggle'

export function TopBar() {
  return (
    <header className="col-span-2 flex min-w-0 items-center gap-3 border-line border-b bg-raised pr-3 pl-3">
      <Link
        href="/"
        className="flex shrink-0 items-center gap-2.5 rounded-control pr-2 font-semibold text-base text-ink"
      >
        <Logo className="size-[26px]" />
        <span className="max-md:sr-only">Switchboard</span>
      </Link>
      <TargetBadge />
      <CommandField />
      <span className="flex-1" />
      <LiveIndicator />
      <CreateMenu />
      <ThemeToggle />
    </header>
  )
}
