'use client'

import { Waypoints } from 'lucide-react'
import Link from 'next/link'
import type { Run } from '@/lib/plan/run-state'
import { useTopology } from '../topology/feed/use-feed'
import { buttonStyle } from '../ui/button-style'
import { mapLinks } from './map-links'

/** What the run made or changed, on the map. */
export function RunMapLinks({ run }: { run: Run }) {
  const topology = useTopology()
  const links = topology ? mapLinks(run, topology) : []
  const [first] = links
  if (!first) return null
  if (links.length === 1)
    return (
      <Link href={first.href} className={buttonStyle({ size: 'form' })}>
        <Waypoints aria-hidden />
        Show on the map
      </Link>
    )
  return (
    <nav aria-label="Show on the map" className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span className="flex items-center gap-1.5 text-ink-soft">
        <Waypoints aria-hidden className="size-3.5" />
        Show on the map:
      </span>
      {links.map((link) => (
        <Link
          key={link.id}
          href={link.href}
          className="min-w-0 truncate rounded-chip text-accent-ink hover:underline"
        >
          {link.name}
        </Link>
      ))}
    </nav>
  )
}
