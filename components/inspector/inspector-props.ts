import type { Topology } from '@/lib/topology/model'
import type { Selection } from '../topology/selection'
import type { ServiceActions } from './service-actions'

/** What is shown at the right side, and what can be done there. */
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
