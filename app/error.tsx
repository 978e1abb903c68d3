'use client'

import { Logo } from '@/components/shell/logo'
import { Button } from '@/components/ui/button'

/** A page that broke. The digest is what the console's log says beside the cause. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main role="alert" className="flex min-h-dvh flex-col items-center justify-center gap-4 p-6 text-center">
      <Logo className="size-10" />
      <h1 className="font-semibold text-ink text-xl">This page broke</h1>
      <p className="max-w-md text-ink-soft">
        Your services are not affected: this is an error of the console itself. Trying again usually helps; if
        it does not, the terminal where it runs says more.
      </p>
      <p className="max-w-md break-words font-mono text-2xs text-ink-soft">
        {error.name}: {error.message}
        {error.digest && ` · ${error.digest}`}
      </p>
      <Button tone="primary" size="form" onPress={reset}>
        Try again
      </Button>
    </main>
  )
}
