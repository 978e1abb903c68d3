'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { AttemptFinished, CallRequest } from '@/lib/probe/trip'
import { openTrip, TripError } from '../call/open-trip'
import type { Proof } from './proofs'

export type ProofOutcome =
  | { readonly kind: 'calling' }
  /** `isInside`: made in a task of the caller; else by this console. */
  | { readonly kind: 'answered'; readonly attempt: AttemptFinished; readonly isInside: boolean }
  /** The call could not be made at all. */
  | { readonly kind: 'not made'; readonly message: string }

/** Makes one call and gives how it ended. */
async function ask(request: CallRequest, signal: AbortSignal): Promise<ProofOutcome> {
  try {
    let attempt: AttemptFinished | null = null
    for await (const event of openTrip(request, signal)) if (event.type === 'attempt') attempt = event
    return attempt
      ? { kind: 'answered', attempt, isInside: request.from !== undefined }
      : { kind: 'not made', message: 'The run ended before it was called.' }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof TripError)) throw error
    return { kind: 'not made', message: `${error.problem.message} ${error.problem.remedy}` }
  }
}

/** By the task's own view where a command can be run there; else from here, and the table says so. */
async function prove({ inside, request }: Proof, signal: AbortSignal): Promise<ProofOutcome> {
  const seen = inside && (await ask(inside, signal))
  return seen && seen.kind !== 'not made' ? seen : ask(request, signal)
}

/** Calls every edge, one after the other, so that the table fills as one reads it. */
export function useProofs() {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, ProofOutcome>>(new Map())
  const [proofs, setProofs] = useState<readonly Proof[]>([])
  const [isRunning, setRunning] = useState(false)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const start = useCallback((wanted: readonly Proof[]) => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    setProofs(wanted)
    setOutcomes(new Map())
    setRunning(true)
    const put = (proof: Proof, outcome: ProofOutcome) =>
      setOutcomes((before) => new Map(before).set(proof.key, outcome))
    const follow = async () => {
      for (const proof of wanted) {
        put(proof, { kind: 'calling' })
        put(proof, await prove(proof, controller.signal))
      }
    }
    follow().then(
      () => setRunning(false),
      (error: unknown) => {
        if (controller.signal.aborted) return
        setRunning(false)
        console.error('testing the calls of an example failed', error)
      },
    )
  }, [])

  /** What was proved of something that is being removed says nothing any more. */
  const clear = useCallback(() => {
    running.current?.abort()
    setProofs([])
    setOutcomes(new Map())
    setRunning(false)
  }, [])

  return { proofs, outcomes, isRunning, start, clear }
}
