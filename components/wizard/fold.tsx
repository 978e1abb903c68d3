'use client'

import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useFormContext, useFormState } from 'react-hook-form'
import { cn } from '../ui/class-names'

type FoldProps = {
  title: string
  summary?: string
  /** Its fields: a fold that hides an error opens. */
  fields: readonly string[]
  startsOpen?: boolean
  children: ReactNode
}

/** What few people need, out of the way; opens by itself when something in it is wrong. */
export function Fold({ title, summary, fields, startsOpen = false, children }: FoldProps) {
  const { control, getFieldState } = useFormContext()
  const state = useFormState({ control })
  const isWrong = fields.some((field) => getFieldState(field, state).error !== undefined)
  const [open, setOpen] = useState(startsOpen)
  const isOpen = open || isWrong
  return (
    <section aria-label={title} className="rounded-card border border-line bg-raised">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full min-w-0 items-center gap-2 rounded-card px-3 py-2 text-left text-sm hover:bg-sunk"
      >
        <ChevronRight
          aria-hidden
          className={cn('size-3.5 shrink-0 text-ink-soft transition-transform', isOpen && 'rotate-90')}
        />
        <span className="shrink-0 font-medium text-ink">{title}</span>
        {summary && <span className="truncate text-ink-soft text-xs">{summary}</span>}
      </button>
      <div hidden={!isOpen} className="border-line border-t px-3.5 py-3.5">
        <div className="flex flex-col gap-5">{children}</div>
      </div>
    </section>
  )
}
