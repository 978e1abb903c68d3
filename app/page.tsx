import { Frame } from '@/components/shell/frame'
import { TopologyView } from '@/components/topology/topology-view'

/** Home is the map. */
export default function MapPage() {
  return (
    <Frame>
      <h1 className="sr-only">Map of services</h1>
      <TopologyView />
    </Frame>
  )
}
