'use client'

import type { RefObject } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Fact, Facts } from '../inspector/section'
import type { FeedState } from '../topology/feed/feed-state'
import type { Freshness } from '../topology/feed/freshness'
import { useTopology } from '../topology/feed/use-feed'
import { formatAge } from '../ui/age'
import { Popover } from '../ui/popover'

type LiveFactsProps = {
  feed: FeedState
  freshness: Freshness
  anchor: RefObject<HTMLElement | null>
  onClose: () => void
}

const connections = {
  connecting: 'connecting',
  open: 'open',
  broken: 'broken, reconnecting',
} as const

export function LiveFacts({ feed, freshness, anchor, onClose }: LiveFactsProps) {
  const version = useTopology()?.version
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      placement="bottom end"
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      className="w-80 max-w-[calc(100vw-24px)]"
    >
      <Dialog aria-label="How fresh the map is" className="p-4 outline-none">
        {freshness.kind === 'failed' && (
          <div role="alert" className="mb-3 flex flex-col gap-1 text-sm">
            <p className="font-medium text-bad-ink">{freshness.failure.message}</p>
            <p className="text-ink">{freshness.failure.remedy}</p>
            <p className="font-mono text-2xs text-ink-soft">
              {freshness.failure.operation} · {freshness.failure.errorName}
            </p>
          </div>
        )}
        <Facts>
          <Fact name="Last reading">
            {freshness.ageMs === null ? 'none yet' : `${formatAge(freshness.ageMs)} ago`}
          </Fact>
          {feed.status && <Fact name="Read every">{formatAge(feed.status.intervalMs)}</Fact>}
          <Fact name="Stream">{connections[feed.connection]}</Fact>
          {version !== undefined && (
            <Fact name="Version" mono>
              {version}
            </Fact>
          )}
        </Facts>
        <p className="mt-2 text-ink-soft text-xs">
          The console reads while somebody looks, and at once after a change.
          {freshness.ageMs !== null && ' What it last knew stays on the map.'}
        </p>
      </Dialog>
    </Popover>
  )
}
