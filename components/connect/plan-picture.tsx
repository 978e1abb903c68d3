'use client'

import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { previewTopology } from '@/lib/changes/ghosts'
import type { Plan } from '@/lib/plan/plan'
import type { Topology } from '@/lib/topology/model'

const GhostMap = dynamic(() => import('../wizard/map/ghost-map').then((module) => module.GhostMap), {
  ssr: false,
  loading: () => <div className="h-full bg-surface" />,
})

/** The part of the map that a plan touches, as it would be. */
export function PlanPicture({ plan, topology }: { plan: Plan | null; topology: Topology }) {
  const shown = useMemo(() => {
    if (!plan) return null
    const { topology: planned, ghosts, marks } = previewTopology(topology, plan)
    const changed = Object.entries(marks).flatMap(([id, mark]) => (mark === 'new' ? [] : [id]))
    return { planned, ghosts, changed: new Set(changed) }
  }, [plan, topology])
  return (
    <div className="h-[210px] shrink-0 overflow-hidden rounded-card border border-line bg-surface">
      {shown ? (
        <GhostMap topology={shown.planned} ghosts={shown.ghosts} changed={shown.changed} />
      ) : (
        <p className="flex h-full items-center justify-center p-6 text-center text-ink-soft text-sm">
          What changes appears here on the map.
        </p>
      )}
    </div>
  )
}
