'use client'

import { useSyncExternalStore } from 'react'
import type { VerifiedCall } from '@/lib/topology/verified'

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

const makeVerifiedCalls = () => {
  let newest: readonly VerifiedCall[] = []
  const listeners = new Set<() => void>()
  return {
    read: () => newest,
    /** Takes the place of the last one between the same two. */
    write(call: VerifiedCall) {
      const others = newest.filter(({ source, target }) => source !== call.source || target !== call.target)
      newest = [...others, call]
      for (const listener of listeners) listener()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/** One per page: which callers reached which services from inside a task. */
export const verifiedCalls = makeVerifiedCalls()

const none: readonly VerifiedCall[] = []

/** What calls from inside tasks have proved since the page was loaded. */
export const useVerifiedCalls = (): readonly VerifiedCall[] =>
  useSyncExternalStore(verifiedCalls.subscribe, verifiedCalls.read, () => none)
