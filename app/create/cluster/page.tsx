import type { Metadata } from 'next'
import { Frame } from '@/components/shell/frame'
import { CreateCluster } from '@/components/wizard/create-cluster'

export const metadata: Metadata = { title: 'Create cluster · Switchboard' }

/** The cluster wizard. */
export default function CreateClusterRoute() {
  return (
    <Frame>
      <CreateCluster />
    </Frame>
  )
}
