'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { TargetIdentity } from '@/lib/inventory/model'
import type { Topology } from '@/lib/topology/model'
import { type VerifiedCall, withVerified } from '@/lib/topology/verified'
import { verifiedKeyOf } from '@/lib/topology/verified-text'
import { useNow } from '../ui/use-now'
import { makeVerifiedStore, type VerifiedStore } from './verified-store'

const stores = new Map<string, VerifiedStore>()

/** One per target and page: the drawer writes, the map reads. */
export function verifiedCallsOf(target: TargetIdentity): VerifiedStore {
  const key = verifiedKeyOf(target)
  const store =
    stores.get(key) ??
    makeVerifiedStore(
      key,
      () => window.sessionStorage,
      () => Date.now(),
    )
  stores.set(key, store)
  return store
}

const none: readonly VerifiedCall[] = []
const noStore: VerifiedStore = { read: () => none, write: () => undefined, subscribe: () => () => undefined }

/** Lines fade and go by the minute. */
const STEP_MS = 60_000

/** The map with what calls from inside tasks have proved of late. */
export function useWithVerified(topology: Topology | undefined): Topology | undefined {
  const store = topology ? verifiedCallsOf(topology.target) : noStore
  const calls = useSyncExternalStore(store.subscribe, store.read, () => none)
  const now = useNow(STEP_MS)
  return useMemo(() => topology && withVerified(topology, calls, now), [topology, calls, now])
}
