'use client'

import { useCallback, useState } from 'react'
import { problemOfPath } from '@/lib/probe/path'

const keyOf = (serviceId: string) => `switchboard.call-path.${serviceId}`

const readPath = (serviceId: string): string | null => {
  const kept = window.localStorage.getItem(keyOf(serviceId))
  return kept !== null && problemOfPath(kept) === null ? kept : null
}

/** The path last called on each service, kept in this browser. Returns what to show now and two ways to change it. */
export function usePath(serviceId: string | null, fallback: string) {
  const [typed, setTyped] = useState<{ readonly serviceId: string | null; readonly path: string } | null>(
    null,
  )
  const kept = serviceId === null ? null : readPath(serviceId)
  const path = typed && typed.serviceId === serviceId ? typed.path : (kept ?? fallback)

  const change = useCallback((next: string) => setTyped({ serviceId, path: next }), [serviceId])
  const remember = useCallback(() => {
    if (serviceId !== null) window.localStorage.setItem(keyOf(serviceId), path)
  }, [serviceId, path])

  return { path, change, remember }
}
