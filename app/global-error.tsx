'use client'

import './globals.css'

/** The frame itself broke, so nothing of it can be used here. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main
          role="alert"
          className="flex min-h-dvh flex-col items-center justify-center gap-4 p-6 text-center"
        >
          <h1 className="font-semibold text-ink text-xl">Switchboard broke</h1>
          <p className="max-w-md text-ink-soft">
            Your services are not affected. Reload the page; the terminal where the console runs says more.
          </p>
          {error.digest && <p className="font-mono text-2xs text-ink-soft">{error.digest}</p>}
          <button
            type="button"
            onClick={() => window.location.reload()}
            className="h-[34px] rounded-control bg-accent px-3.5 font-medium text-on-accent text-sm"
          >
            Reload
          </button>
        </main>
      </body>
    </html>
  )
}
