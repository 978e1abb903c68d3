'use client'

import { Check, Copy as CopyGlyph, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../ui/button'

const feedbackMs = 1500

/** Puts the same call for a terminal on the clipboard. */
export function CopyCurl({ command }: { command: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)

  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(null), feedbackMs)
    return () => clearTimeout(timer)
  }, [outcome])

  const copy = () => {
    navigator.clipboard.writeText(command).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  }

  return (
    <Button onPress={copy} aria-label="Copy as curl command">
      {outcome === 'copied' ? (
        <Check aria-hidden />
      ) : outcome === 'refused' ? (
        <X aria-hidden />
      ) : (
        <CopyGlyph aria-hidden />
      )}
      curl
      <span role="status" className="sr-only">
        {outcome === 'copied' && 'curl command copied'}
        {outcome === 'refused' && 'the browser refused the clipboard'}
      </span>
    </Button>
  )
}
