import type { Metadata } from 'next'
import { ExamplesPage } from '@/components/examples/examples-page'
import { Frame } from '@/components/shell/frame'

export const metadata: Metadata = { title: 'Examples · Switchboard' }

/** Whole set-ups to deploy, try and remove. */
export default function ExamplesRoute() {
  return (
    <Frame>
      <ExamplesPage />
    </Frame>
  )
}
