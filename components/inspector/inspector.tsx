'use client'

import { EdgePanel } from './edge-panel'
import { GonePanel } from './gone-panel'
import { GroupPanel } from './group-panel'
import type { InspectorProps } from './inspector-props'
import { ServicePanel } from './service-panel'

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
