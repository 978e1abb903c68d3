'use client'

import type { Run } from '@/lib/plan/run-state'
import { describeTarget } from '../shell/target-words'
import { count, formatAge, formatSince } from '../ui/age'
import { useNow } from '../ui/use-now'
import { isMoving } from './run-words'

/** Where the run goes, when it began and how long it took. */
export function RunFacts({ run }: { run: Run }) {
  const now = useNow(1000)
  const { target } = run
  const endMs = run.finishedAtMs ?? (isMoving(run.state) ? now : null)
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-ink-soft text-xs tabular-nums">
      <span>
        {describeTarget(target).name} · <span className="font-mono">{target.region}</span>
        {target.accountId !== null && (
          <>
            {' '}
            · <span className="font-mono">{target.accountId}</span>
          </>
        )}
      </span>
      <time
        dateTime={new Date(run.startedAtMs).toISOString()}
        title={new Date(run.startedAtMs).toLocaleString()}
      >
        started {formatSince(now - run.startedAtMs)} ago
      </time>
      {endMs !== null && (
        <span>
          {run.finishedAtMs === null ? 'running for' : 'took'} {formatAge(endMs - run.startedAtMs)}
        </span>
      )}
      <span>{count(run.plan.steps.length, 'step')}</span>
    </p>
  )
}
