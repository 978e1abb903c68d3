'use client'

import { ChevronUp } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { cn } from '../ui/class-names'

type PreviewDisclosureProps = { label?: string; className?: string; children: ReactNode }

/** Where there is no room beside the form, the preview opens from below. */
export function PreviewDisclosure({ label = 'Map and code', className, children }: PreviewDisclosureProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <section aria-label="Preview" className="flex shrink-0 flex-col border-line border-t bg-raised">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className={cn(
          'flex h-9 items-center gap-2 px-8 text-ink-soft text-sm hover:text-ink focus-visible:-outline-offset-2 max-md:px-4',
          className,
        )}
      >
        <ChevronUp aria-hidden className={cn('size-3.5 transition-transform', open && 'rotate-180')} />
        {label}
      </button>
      <div id={id} hidden={!open} className="h-[42vh] min-h-0 border-line border-t">
        {open && children}
      </div>
    </section>
  )
}
