'use client'

import { RunRollout } from '../connect/rollout'
import { Button } from '../ui/button'
import { Skeleton } from '../ui/skeleton'
import type { RunNews } from './follow-run'
import { RunLine } from './run-line'
import { RunPanel } from './run-panel'

type RunInDialogProps = { news: RunNews; again: () => void; onMakeAgain: () => void }

/** The run that was just started, shown where it was started. */
export function RunInDialog({ news, again, onMakeAgain }: RunInDialogProps) {
  if (!news.run)
    return (
      <div role="status" aria-label="Starting" className="flex flex-col gap-3">
        <Skeleton className="h-[3px] w-full" />
        <Skeleton className="h-5 w-64" />
      </div>
    )
  return (
    <>
      <RunLine news={news} />
      <RunPanel
        run={news.run}
        again={again}
        actions={
          news.run.state === 'stale' && (
            <Button size="form" tone="primary" onPress={onMakeAgain} className="self-start">
              Make the plan again
            </Button>
          )
        }
      />
      <RunRollout run={news.run} />
    </>
  )
}
