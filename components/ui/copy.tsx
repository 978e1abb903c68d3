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
  /** Among other words: takes no room for its glyph and breaks where the line ends. */
  inline?: boolean
  className?: string
}

/** Mono text that copies itself on click and says so. */
export function Copy({ value, text, name, length = 40, inline = false, className }: CopyProps) {
  const { outcome, copy } = useCopy(value)
  return (
    <Button
      onPress={copy}
      aria-label={`Copy ${name} ${value}`}
      className={cn(
        'group relative min-w-0 max-w-full rounded-chip text-left font-mono text-ink text-xs data-hovered:text-accent-ink',
        inline ? 'inline leading-5' : 'inline-flex min-h-6 items-center gap-1.5',
        className,
      )}
    >
      <span
        className={
          inline
            ? 'wrap-anywhere decoration-dotted underline-offset-4 group-data-hovered:underline'
            : 'truncate'
        }
      >
        {text ?? shortenArn(value, length)}
      </span>
      {outcome === 'copied' ? (
        <Check
          aria-hidden
          className={cn(
            'size-3 shrink-0 text-ok',
            inline && 'absolute right-0 -bottom-2 rounded-full bg-raised',
          )}
        />
      ) : inline ? null : (
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
