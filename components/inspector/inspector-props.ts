import type { Topology } from '@/lib/topology/model'
import type { Selection } from '../topology/selection'

/** What is shown at the right side, and what can be done there. */
export type InspectorProps = {
  topology: Topology
  selection: Selection
  instanceId: string | null
  /** The instance that answered the last call. */
  answeredId: string | null
  onSelect: (id: string) => void
  onInstance: (id: string | null) => void
  onCall: (serviceId: string) => void
  onClose: () => void
}
