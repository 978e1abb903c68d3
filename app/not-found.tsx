import Link from 'next/link'
import { Logo } from '@/components/shell/logo'
import { buttonStyle } from '@/components/ui/button-style'

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-4 p-6 text-center">
      <Logo className="size-10" />
      <h1 className="font-semibold text-ink text-xl">There is no such page</h1>
      <p className="max-w-sm text-ink-soft">The address names a room that this console does not have.</p>
      <Link href="/" className={buttonStyle({ tone: 'primary', size: 'form' })}>
        Open the map
      </Link>
    </main>
  )
}
