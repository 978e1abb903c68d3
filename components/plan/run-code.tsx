'use client'

import type { Plan } from '@/lib/plan/plan'
import { Button } from '../ui/button'
import { Skeleton } from '../ui/skeleton'
import { CodeTabs } from './code-tabs'
import { policyTab } from './policy-tab'
import type { RunCodeState } from './use-run-code'

/** The run's plan as code, to take away. */
export function RunCode({ plan, code }: { plan: Plan; code: RunCodeState }) {
  const { formats, error, again } = code
  return (
    <section
      aria-label="The plan as code"
      className="flex h-full min-h-0 min-w-0 flex-col border-line bg-sunk wide:border-l"
    >
      {formats ? (
        <CodeTabs
          formats={formats}
          more={policyTab(plan)}
          firstSentence={plan.steps[0]?.sentence}
          className="flex-1"
        />
      ) : error ? (
        <div role="alert" className="flex flex-col items-start gap-2 p-4 text-sm">
          <p className="wrap-anywhere text-bad-ink">The code could not be read: {error.message}</p>
          <Button onPress={again}>Read again</Button>
        </div>
      ) : (
        <div role="status" aria-label="Writing the code" className="flex flex-col gap-2.5 p-4">
          {['w-24', 'w-56', 'w-48', 'w-64', 'w-40'].map((width) => (
            <Skeleton key={width} className={`h-2.5 ${width}`} />
          ))}
        </div>
      )}
    </section>
  )
}
