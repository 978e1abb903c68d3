'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'

const storageKey = 'switchboard.map-url'
const never = () => () => undefined
const read = () => mapUrlOf(window.sessionStorage.getItem(storageKey))

/** Only ever the map itself: what was kept is a query, whatever somebody wrote there. */
export function mapUrlOf(kept: string | null): string {
  return kept?.startsWith('?') ? `/${kept}` : '/'
}

/** Remembers what one looks at on the map, in this tab. Mount it once. */
export function useKeepMapUrl(): void {
  const pathname = usePathname()
  const query = useSearchParams().toString()
  useEffect(() => {
    if (pathname === '/') window.sessionStorage.setItem(storageKey, query === '' ? '' : `?${query}`)
  }, [pathname, query])
}

/** The map as this tab left it. */
export function useLastMapUrl(): string {
  return useSyncExternalStore(never, read, () => '/')
}
