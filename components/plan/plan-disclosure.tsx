'use client'

import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { cn } from '../ui/class-names'
import type { PreviewState } from '../wizard/use-preview'
import { PreviewBody } from './preview-body'

/** A small change's plan, behind one line: who wants the calls or the code opens it. What stands against the plan is always shown. */
export function PlanDisclosure({ previewed }: { previewed: PreviewState }) {
  const [open, setOpen] = useState(false)
  const { preview, isBehind, error, refresh } = previewed
  const planned = preview?.planned ?? null
  const body = (
    <PreviewBody
      planned={planned}
      formats={preview?.formats ?? []}
      isBehind={isBehind}
      error={error}
      refresh={refresh}
    />
  )
  if (error || planned?.ok === false) return body
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-1 flex min-h-6 w-fit items-center gap-1 rounded-chip px-1 text-ink-soft text-xs hover:text-ink"
      >
        <ChevronRight
          aria-hidden
          className={cn('size-3 transition-transform duration-150', open && 'rotate-90')}
        />
        The AWS call, as CLI, CloudFormation, CDK and Terraform
      </button>
      {open && body}
    </div>
  )
}
