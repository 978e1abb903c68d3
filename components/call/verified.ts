'use client'

import { useSyncExternalStore } from 'react'

/** The newest call to a service that an instance really answered. */
export type Verified = {
  readonly serviceId: string
  /** Node id of who answered; null when the map has no such instance. */
  readonly instanceId: string | null
  readonly atMs: number
  readonly latencyMs: number
}

type VerifiedStore = {
  read(serviceId: string): Verified | null
  write(verified: Verified): void
  subscribe(listener: () => void): () => void
}

const makeVerifiedStore = (): VerifiedStore => {
  const newest = new Map<string, Verified>()
  const listeners = new Set<() => void>()
  return {
    read: (serviceId) => newest.get(serviceId) ?? null,
    write(verified) {
      newest.set(verified.serviceId, verified)
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** One per page: the drawer writes, the map reads. */
export const verifiedResults = makeVerifiedStore()

/** The newest verified result of a service; null until a call to it was answered. */
export function useVerified(serviceId: string): Verified | null {
  return useSyncExternalStore(
    verifiedResults.subscribe,
    () => verifiedResults.read(serviceId),
    () => null,
  )
}
