import { scaleService } from '@/app/actions/scale-service'
import { stopTask } from '@/app/actions/stop-task'
import { Frame } from '@/components/shell/frame'
import { TopologyView } from '@/components/topology/topology-view'

const actions = { scaleService, stopTask }

/** Home is the map. */
export default function MapPage() {
  return (
    <Frame>
      <h1 className="sr-only">Map of services</h1>
      <TopologyView actions={actions} />
    </Frame>
  )
}
