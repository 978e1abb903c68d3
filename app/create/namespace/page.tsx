import type { Metadata } from 'next'
import { Frame } from '@/components/shell/frame'
import { CreateNamespace } from '@/components/wizard/create-namespace'

export const metadata: Metadata = { title: 'Create namespace · Switchboard' }

/** The namespace wizard. */
export default function CreateNamespaceRoute() {
  return (
    <Frame>
      <CreateNamespace />
    </Frame>
  )
}
