import type { Metadata } from 'next'
import { Frame } from '@/components/shell/frame'
import { CreateDiscoveryService } from '@/components/wizard/create-discovery-service'

export const metadata: Metadata = { title: 'Create discovery service · Switchboard' }

type Query = Promise<{ namespace?: string | string[] }>

/** The discovery service wizard; `?namespace=ns-…` chooses one. */
export default async function CreateDiscoveryServiceRoute({ searchParams }: { searchParams: Query }) {
  const { namespace } = await searchParams
  return (
    <Frame>
      <CreateDiscoveryService namespaceId={typeof namespace === 'string' ? namespace : null} />
    </Frame>
  )
}
