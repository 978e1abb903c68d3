import type { Metadata } from 'next'
import { Frame } from '@/components/shell/frame'
import { CreateService } from '@/components/wizard/create-service'

export const metadata: Metadata = { title: 'Create ECS service · Switchboard' }

/** The ECS service wizard. */
export default function CreateServiceRoute() {
  return (
    <Frame>
      <CreateService />
    </Frame>
  )
}
