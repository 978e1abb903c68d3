'use client'

import { useState } from 'react'
import { type ActionFailure, type ActionOutcome, readFailure } from './service-actions'

/** Runs one change at a time and keeps why it failed. `done` is called only when it went well. */
export function useChange(done: () => void) {
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<ActionFailure | null>(null)

  const run = async (change: () => Promise<ActionOutcome | undefined>) => {
    setPending(true)
    setFailure(null)
    try {
      const refused = readFailure(await change())
      if (refused) setFailure(refused)
      else done()
    } catch (error) {
      // Next rejects when the console itself cannot be reached.
      setFailure({
        title: error instanceof Error ? error.name : 'Error',
        message: 'The console did not answer, so it is not known whether this was done.',
        remedy: 'Look at the map before trying again.',
      })
    } finally {
      setPending(false)
    }
  }

  return { run, pending, failure }
}
