'use client'

import { Check, Copy as CopyGlyph } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { cn } from './class-names'
import { shortenArn } from './shorten'
import { useCopy } from './use-copy'

type CopyProps = {
  /** What lands on the clipboard. */
  value: string
  /** What is shown; by default the value, shortened in the middle. */
  text?: string
  /** What it is, for the spoken label: "task id". */
  name: string
  length?: number
  className?: string
}

/** Mono text that copies itself on click and says so. */
export function Copy({ value, text, name, length = 40, className }: CopyProps) {
  const { outcome, copy } = useCopy(value)
  return (
    <Button
      onPress={copy}
      aria-label={`Copy ${name} ${value}`}
      className={cn(
        'group inline-flex min-h-6 min-w-0 max-w-full items-center gap-1.5 rounded-chip text-left font-mono text-ink text-xs data-hovered:text-accent-ink',
        className,
      )}
    >
      <span className="truncate">{text ?? shortenArn(value, length)}</span>
      {outcome === 'copied' ? (
        <Check aria-hidden className="size-3 shrink-0 text-ok" />
      ) : (
        <CopyGlyph
          aria-hidden
          className="size-3 shrink-0 text-ink-faint opacity-0 transition-opacity group-data-focus-visible:opacity-100 group-data-hovered:opacity-100"
        />
      )}
      <span role="status" className={outcome === 'refused' ? 'text-bad-ink text-2xs' : 'sr-only'}>
        {outcome === 'copied' && `${name} copied`}
        {outcome === 'refused' && 'the browser refused the clipboard'}
      </span>
    </Button>
  )
}
