import type { Metadata } from 'next'
import { Frame } from '@/components/shell/frame'
import { ShellPage } from '@/components/shell-session/shell-page'
import { isShellOn } from '@/lib/exec/shell-switch'

export const metadata: Metadata = { title: 'Shell · Switchboard' }

/** A shell in a task of the service `from`. */
export default async function ShellRoute({
  searchParams,
}: {
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}) {
  const { from } = await searchParams
  return (
    <Frame>
      <ShellPage from={typeof from === 'string' ? from : null} isOn={isShellOn(process.env)} />
    </Frame>
  )
}
