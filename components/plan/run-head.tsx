'use client'

import type { Run } from '@/lib/plan/run-state'
import { describeTarget } from '../shell/target-words'
import { count, formatSince } from '../ui/age'
import { useNow } from '../ui/use-now'
import { tookWords } from './took'

/** Where the run goes, when it began and how long it took. */
export function RunFacts({ run }: { run: Run }) {
  const now = useNow(1000)
  const { target } = run
  const took = tookWords(run, now)
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
      {took && (
        <span>
          {took.lead} {took.time}
        </span>
      )}
      <span>{count(run.plan.steps.length, 'step')}</span>
    </p>
  )
}
