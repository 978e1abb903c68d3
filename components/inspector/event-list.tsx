'use client'

import type { ServiceEvent } from '@/lib/inventory/model'
import { formatSince } from '../ui/age'
import { useNow } from '../ui/use-now'
import { Section } from './section'

/** What ECS said about the service, newest first, in its own words. */
export function EventList({ events }: { events: readonly ServiceEvent[] }) {
  const now = useNow(1000)
  return (
    <Section title="Events">
      <ol className="flex flex-col gap-2">
        {events.map((event) => (
          <li key={event.id} className="flex gap-3">
            <time
              dateTime={new Date(event.atMs).toISOString()}
              title={new Date(event.atMs).toISOString()}
              className="w-12 shrink-0 text-ink-soft text-xs"
            >
              {formatSince(now - event.atMs)}
            </time>
            <span className="min-w-0 break-words text-ink text-xs">{event.message}</span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
