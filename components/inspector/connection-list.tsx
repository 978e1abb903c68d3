'use client'

import { ArrowRight, TriangleAlert } from 'lucide-react'
import type { Topology } from '@/lib/topology/model'
import { wireLabel } from '../topology/evidence-words'
import { StateGlyph, stateColour } from '../topology/state-glyph'
import { cn } from '../ui/class-names'
import { type Connection, findConnections } from './connections'
import { Section } from './section'

type ConnectionsProps = { topology: Topology; serviceId: string; onSelect: (id: string) => void }

/** Who calls it and whom it calls, each with how we know. The name leads to the service, the word to the evidence. */
export function Connections({ topology, serviceId, onSelect }: ConnectionsProps) {
  const { calledBy, calls } = findConnections(topology, serviceId)
  return (
    <>
      {calledBy.length > 0 && (
        <Section title="Called by">
          <ConnectionList connections={calledBy} onSelect={onSelect} />
        </Section>
      )}
      {calls.length > 0 && (
        <Section title="Calls">
          <ConnectionList connections={calls} onSelect={onSelect} />
        </Section>
      )}
    </>
  )
}

function ConnectionList({
  connections,
  onSelect,
}: {
  connections: readonly Connection[]
  onSelect: (id: string) => void
}) {
  return (
    <ul className="-mx-2 flex flex-col">
      {connections.map(({ edge, peer }) => (
        <li key={edge.id} className="flex min-h-7 items-center gap-1 rounded-control px-2 hover:bg-sunk">
          <StateGlyph state={peer.state} className={cn('size-3.5 shrink-0', stateColour(peer.state))} />
          <button
            type="button"
            onClick={() => onSelect(peer.id)}
            className="ml-1 min-h-6 min-w-0 flex-1 truncate rounded-chip text-left text-ink text-sm hover:underline"
          >
            {peer.name}
          </button>
          <button
            type="button"
            onClick={() => onSelect(edge.id)}
            aria-label={`How we know: ${wireLabel(edge)}`}
            className={cn(
              'flex min-h-6 shrink-0 items-center gap-1 rounded-chip px-1 font-mono text-2xs hover:underline',
              edge.problem ? 'text-bad-ink' : 'text-ink-soft',
            )}
          >
            {edge.problem && <TriangleAlert aria-hidden className="size-3" />}
            {wireLabel(edge)}
            <ArrowRight aria-hidden className="size-3" />
          </button>
        </li>
      ))}
    </ul>
  )
}
