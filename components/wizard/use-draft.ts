'use client'

import { useEffect, useState } from 'react'
import type { ZodType } from 'zod'
import type { TargetIdentity } from '@/lib/inventory/model'
import { draftKey } from './draft'
import { type DraftStore, makeDraftStore } from './draft-store'

/** The store of one wizard's draft for this target. Only in a browser. */
export function useDraftStore<Values>(options: {
  readonly wizard: string
  readonly target: TargetIdentity
  readonly shape: ZodType<Values>
  readonly withoutSecrets: (values: Values) => Values
}): DraftStore<Values> {
  const [store] = useState(() =>
    makeDraftStore({
      key: draftKey(options.wizard, options.target),
      shape: options.shape,
      withoutSecrets: options.withoutSecrets,
      storage: { session: window.sessionStorage, local: window.localStorage },
    }),
  )
  return store
}

/** Asks before the page goes away while something would be lost. */
export function useLeaveWarning(wouldLose: boolean): void {
  useEffect(() => {
    if (!wouldLose) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [wouldLose])
}
