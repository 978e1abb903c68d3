'use client'

import { ArrowDown, OctagonAlert, PhoneOutgoing, Waypoints } from 'lucide-react'
import type { Edge, Evidence, ServiceNode } from '@/lib/topology/model'
import { evidenceSentence, verifiedOf, wireLabel } from '../topology/evidence-words'
import { isTroubled, type Observed, readObserved } from '../topology/observed'
import type { Selection } from '../topology/selection'
import { StateGlyph, stateColour } from '../topology/state-glyph'
import { isMissing } from '../topology/state-words'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { cn } from '../ui/class-names'
import { PanelHead } from './panel-head'
import { Section } from './section'
import { TrafficFacts } from './traffic-facts'

type EdgePanelProps = {
  selection: Extract<Selection, { kind: 'edge' }>
  onSelect: (id: string) => void
  onCall: (serviceId: string) => void
  onClose: () => void
}

/** A line on the map: who calls whom, how we know, and why it cannot work when it cannot. */
export function EdgePanel({ selection, onSelect, onCall, onClose }: EdgePanelProps) {
  const { edge, caller, callee } = selection
  const seen = readObserved(edge)
  return (
    <>
      <PanelHead
        glyph={<Waypoints aria-hidden />}
        title={`${caller.name} → ${callee.name}`}
        chip={<Chip tone={chipTone(edge, seen)}>{wireLabel(edge)}</Chip>}
        subtitle="connection"
        onClose={onClose}
      >
        {!isMissing(callee) && (
          <div className="mt-2">
            <Button tone="primary" onPress={() => onCall(callee.id)}>
              <PhoneOutgoing aria-hidden />
              Call {callee.name}
            </Button>
          </div>
        )}
      </PanelHead>
      <div className="min-h-0 flex-1 overflow-auto border-line border-t">
        {edge.problem && (
          <div className="border-line border-b bg-bad-soft px-4 py-3.5 text-bad-ink">
            <h3 className="flex items-center gap-1.5 font-medium text-sm">
              <OctagonAlert aria-hidden className="size-4" />
              This call cannot work
            </h3>
            <p className="mt-1 break-words text-sm">{edge.problem}</p>
          </div>
        )}
        {seen && <TrafficFacts seen={seen} />}
        <Section title="From and to">
          <End service={caller} onSelect={onSelect} />
          <ArrowDown aria-hidden className="my-1 ml-2.5 size-3.5 text-ink-soft" />
          <End service={callee} onSelect={onSelect} />
        </Section>
        <Section title="How we know">
          <ul className="flex flex-col gap-2">
            {edge.evidence.map((evidence) => (
              <li key={evidenceKey(evidence)} className="flex flex-col gap-1 text-sm">
                <Chip tone={kindTones[evidence.kind]} className="self-start">
                  {evidence.kind}
                </Chip>
                <span className="break-words text-ink">{evidenceSentence(evidence)}</span>
              </li>
            ))}
          </ul>
          <p className="mt-2 text-ink-soft text-xs">
            {seen
              ? 'Observed means: Service Connect counted calls. What goes past its proxies is not in these figures.'
              : verifiedOf(edge)
                ? 'Verified means: a call that you made from there was answered. It fades after ten minutes and goes after an hour.'
                : 'Declared means: it is written there. Whether calls are really made is not known from this.'}
          </p>
        </Section>
      </div>
    </>
  )
}

/** The same piece stays the same row while its figures move. */
const evidenceKey = (evidence: Evidence) =>
  evidence.kind === 'observed' ? evidence.discoveryName : JSON.stringify(evidence)

const kindTones = { declared: 'off', alias: 'off', observed: 'ok', verified: 'accent' } as const

function chipTone(edge: Edge, seen: Observed | null) {
  if (edge.problem) return 'bad'
  if (!seen?.isLive) return verifiedOf(edge) ? 'accent' : 'off'
  return isTroubled(seen) ? 'warn' : 'ok'
}

function End({ service, onSelect }: { service: ServiceNode; onSelect: (id: string) => void }) {
  return (
    <button
      type="button"
      onClick={() => onSelect(service.id)}
      className="-mx-2 flex min-h-7 w-[calc(100%+16px)] items-center gap-2 rounded-control px-2 text-left hover:bg-sunk"
    >
      <StateGlyph state={service.state} className={cn('size-3.5', stateColour(service.state))} />
      <span className="min-w-0 flex-1 truncate text-ink text-sm">{service.name}</span>
      <Chip tone={service.state}>{service.status}</Chip>
    </button>
  )
}
