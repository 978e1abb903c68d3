import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ActionFailure } from './service-actions'

/** What a change will break; stands before the button that does it. */
export function Warning({ children }: { children: string }) {
  return (
    <p className="flex gap-2 rounded-control border border-warn/40 bg-warn-soft px-3 py-2 text-sm text-warn-ink">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {children}
    </p>
  )
}

/** Why a change was not made. */
export function Failed({ failure }: { failure: ActionFailure }) {
  return (
    <div
      role="alert"
      className="flex gap-2 rounded-control border border-bad/40 bg-bad-soft px-3 py-2 text-bad-ink text-sm"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="flex min-w-0 flex-col gap-0.5">
        <span className="break-words font-medium">{failure.message}</span>
        {failure.remedy && <span>{failure.remedy}</span>}
        <span className="font-mono text-2xs">{failure.title}</span>
      </span>
    </div>
  )
}
