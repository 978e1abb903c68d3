'use client'

import { Waypoints } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { previewTopology } from '@/lib/changes/ghosts'
import type { Topology } from '@/lib/topology/model'
import { CodeTabs, formatNames } from '../plan/code-tabs'
import { Button } from '../ui/button'
import { cn } from '../ui/class-names'
import { Notice } from '../ui/notice'
import type { PreviewState } from './use-preview'

const GhostMap = dynamic(() => import('./map/ghost-map').then((module) => module.GhostMap), {
  ssr: false,
  loading: () => <div className="h-full bg-surface" />,
})

type PreviewPaneProps = {
  state: PreviewState
  topology: Topology
  /** What has to be filled in before there is a plan; empty when nothing is missing. */
  missing: readonly string[]
  className?: string
}

/** What the change does to the map, above the same as code. */
export function PreviewPane({ state, topology, missing, className }: PreviewPaneProps) {
  const { preview, isBehind, error, refresh } = state
  const plan = preview?.planned.ok ? preview.planned.plan : null
  const shown = useMemo(() => (plan ? previewTopology(topology, plan) : null), [topology, plan])
  return (
    // Beside each other where the pane is wider than the column at the right.
    <div className={cn('@container min-h-0 min-w-0', className)}>
      <div className="flex h-full min-h-0 min-w-0 @[560px]:flex-row flex-col bg-sunk">
        <div className="relative @[560px]:h-full h-[290px] max-h-[45%] @[560px]:max-h-none @[560px]:w-[40%] shrink-0 border-line @[560px]:border-r @[560px]:border-b-0 border-b">
          {shown ? (
            <GhostMap topology={shown.topology} ghosts={shown.ghosts} />
          ) : (
            <Waiting missing={missing} />
          )}
        </div>
        {error ? (
          <Notice
            tone="bad"
            role="alert"
            title="The preview could not be made"
            actions={<Button onPress={refresh}>Try again</Button>}
            className="m-4"
          >
            {error.message}
          </Notice>
        ) : preview && !preview.planned.ok ? (
          <Notice tone="warn" title={preview.planned.message} className="m-4">
            {preview.planned.remedy}
          </Notice>
        ) : preview ? (
          <CodeTabs
            formats={preview.formats}
            isOld={isBehind}
            oldBecause={missing[0] ?? null}
            firstSentence={plan?.steps[0]?.sentence}
            className="min-h-0 min-w-0 flex-1"
          />
        ) : (
          <NoCodeYet />
        )}
      </div>
    </div>
  )
}

function Waiting({ missing }: { missing: readonly string[] }) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-1.5 bg-surface p-8 text-center text-ink-soft text-sm">
      <Waypoints aria-hidden className="mb-1 size-5 text-ink-faint" />
      <p>What will be new appears here on the map.</p>
      {missing.length > 0 && <p className="wrap-anywhere text-xs">First: {missing[0]}</p>}
    </div>
  )
}

/** The tabs as they will be, so that nothing jumps when the code comes. */
function NoCodeYet() {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        aria-hidden
        className="flex h-9 shrink-0 items-center gap-4 overflow-hidden whitespace-nowrap border-line border-b bg-raised px-4 text-ink-soft text-sm"
      >
        {Object.values(formatNames).map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <p className="px-4 py-3 font-mono text-ink-soft text-xs"># the same change as code, to take away</p>
    </div>
  )
}
