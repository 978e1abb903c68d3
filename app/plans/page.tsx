import type { Metadata } from 'next'
import { PlansPage } from '@/components/plan/plans-page'
import { Frame } from '@/components/shell/frame'

export const metadata: Metadata = { title: 'Plans · Switchboard' }

/** Every run of a plan, newest first. */
export default function PlansRoute() {
  return (
    <Frame>
      <PlansPage />
    </Frame>
  )
}
