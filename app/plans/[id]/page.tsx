import type { Metadata } from 'next'
import { RunPage } from '@/components/plan/run-page'
import { Frame } from '@/components/shell/frame'

export const metadata: Metadata = { title: 'Plan · Switchboard' }

/** One run of a plan. */
export default async function PlanRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <Frame>
      <RunPage runId={decodeURIComponent(id)} />
    </Frame>
  )
}
