'use client'

import { Check, Copy as CopyGlyph, X } from 'lucide-react'
import { Button } from '../ui/button'
import { useCopy } from '../ui/use-copy'

/** Puts the same call for a terminal on the clipboard. */
export function CopyCurl({ command }: { command: string }) {
  const { outcome, copy } = useCopy(command)
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
