import type { Run } from '@/lib/plan/run-state'
import { Notice } from '../ui/notice'
import { Differences } from './differences'
import { describeRun, isMoving } from './run-words'

/** What became of a run as a whole; its steps say the rest. */
export function RunOutcome({ run }: { run: Run }) {
  return (
    <>
      <p role="status" className="text-ink-soft text-sm">
        {describeRun(run)}
      </p>
      {run.error && !isMoving(run.state) && run.state !== 'stale' && (
        <Notice tone="bad" role="alert" title={run.error.message} className="mt-3">
          <span className="wrap-anywhere text-ink">{run.error.remedy}</span>
          <span className="font-mono text-2xs">{run.error.code}</span>
        </Notice>
      )}
      {run.state === 'stale' && (
        <Notice
          tone="warn"
          role="alert"
          title={run.error?.message ?? 'Something changed after this plan was made'}
          className="mt-3"
        >
          <span>Nothing was sent. Make the plan again to see what it would do now.</span>
          <Differences differences={run.differences} />
        </Notice>
      )}
    </>
  )
}
