'use client'

import type { Topology } from '@/lib/topology/model'
import type { Selection } from '../topology/selection'
import { EdgePanel } from './edge-panel'
import { GonePanel } from './gone-panel'
import { GroupPanel } from './group-panel'
import type { ServiceActions } from './service-actions'
import { ServicePanel } from './service-panel'

export type InspectorProps = {
  topology: Topology
  selection: Selection
  instanceId: string | null
  /** The instance that answered the last call. */
  answeredId: string | null
  actions: ServiceActions
  onSelect: (id: string) => void
  onInstance: (id: string | null) => void
  onCall: (serviceId: string) => void
  onClose: () => void
}

/** Everything about the selected thing, at the right side. */
export function Inspector(props: InspectorProps) {
  return (
    <aside
      aria-label="Inspector"
      id="inspector"
      tabIndex={-1}
      className="flex h-full w-[364px] max-w-full animate-appear flex-col overflow-hidden border-line border-l bg-raised"
    >
      <Panel {...props} />
    </aside>
  )
}

function Panel(props: InspectorProps) {
  const { topology, selection, onSelect, onClose } = props
  switch (selection.kind) {
    case 'service':
      return <ServicePanel {...props} service={selection.service} />
    case 'edge':
      return <EdgePanel selection={selection} onSelect={onSelect} onCall={props.onCall} onClose={onClose} />
    case 'namespace':
    case 'cluster':
      return <GroupPanel topology={topology} selection={selection} onSelect={onSelect} onClose={onClose} />
    case 'gone':
      return <GonePanel id={selection.id} onClose={onClose} />
  }
}
