'use client'

import { useEffect, useState } from 'react'

/** How long a button says what became of it. */
const feedbackMs = 1500

/** Puts a text on the clipboard, and says for a moment whether the browser let it. */
export function useCopy(text: string): {
  readonly outcome: 'copied' | 'refused' | null
  readonly copy: () => void
} {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)

  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(null), feedbackMs)
    return () => clearTimeout(timer)
  }, [outcome])

  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  }
  return { outcome, copy }
}
