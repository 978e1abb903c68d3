'use client'

import { CornerLeftUp } from 'lucide-react'
import { NamespaceChoice } from '../discovery/namespace-choice'
import { useServicePart } from './use-service'
import { isRegistered } from './values'

/** The namespace of Service Connect: one that is there, a new one, or that of the discovery service in the same plan. */
export function ConnectNamespace() {
  const registered = useServicePart((values) => isRegistered(values))
  return (
    <NamespaceChoice
      group="serviceConnect.namespace"
      label="Service Connect namespace"
      hint="Any kind will do; callers must use the same one."
      more={
        registered
          ? [
              {
                value: 'same',
                label: 'That of the discovery service',
                glyph: <CornerLeftUp aria-hidden />,
              },
            ]
          : []
      }
    />
  )
}
