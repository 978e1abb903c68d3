import { PreviewBody } from '../plan/preview-body'
import type { PreviewState } from '../wizard/use-preview'

/** What deploying would do; the code stands beside it. */
export function PlanPart({ previewed }: { previewed: PreviewState }) {
  const { preview, isBehind, error, refresh } = previewed
  return (
    <section aria-label="Plan" className="flex flex-col gap-2">
      <h2 className="font-medium text-ink text-sm">What Deploy will do</h2>
      <PreviewBody
        planned={preview?.planned ?? null}
        formats={[]}
        isBehind={isBehind}
        error={error}
        refresh={refresh}
      />
    </section>
  )
}
