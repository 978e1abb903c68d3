'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { ThemeProvider } from 'next-themes'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { CommandProvider } from '../topology/keys/command-bus'

const ToastRegion = dynamic(() => import('../ui/toast').then((module) => module.ToastRegion), { ssr: false })

function makeClient() {
  return new QueryClient({
    // The stream keeps the map; it must outlive a moment without a reader.
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY } },
  })
}

/** `nonce`: the page's Content-Security-Policy lets only scripts with it run; the theme script needs it. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [client] = useState(makeClient)
  return (
    <NuqsAdapter>
      <QueryClientProvider client={client}>
        <ThemeProvider attribute="data-theme" defaultTheme="system" disableTransitionOnChange nonce={nonce}>
          <CommandProvider>{children}</CommandProvider>
          <ToastRegion />
        </ThemeProvider>
      </QueryClientProvider>
    </NuqsAdapter>
  )
}
