import type { Metadata } from 'next'
import { ActivityPage } from '@/components/activity/activity-page'
import { Frame } from '@/components/shell/frame'

export const metadata: Metadata = { title: 'Activity · Switchboard' }

/** Who changed what, when and with which result. */
export default function ActivityRoute() {
  return (
    <Frame>
      <ActivityPage />
    </Frame>
  )
}
