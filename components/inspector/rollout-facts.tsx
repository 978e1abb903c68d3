'use client'

import { ProgressBar } from 'react-aria-components/ProgressBar'
import type { Rollout } from '@/lib/topology/model'
import { formatSince } from '../ui/age'
import { cn } from '../ui/class-names'
import { Copy } from '../ui/copy'
import { useNow } from '../ui/use-now'
import { Fact, Facts, Section } from './section'

export function RolloutFacts({ rollout }: { rollout: Rollout }) {
  const now = useNow(1000)
  const failed = rollout.state === 'FAILED'
  return (
    <Section title="Rolling out">
      <ProgressBar
        aria-label="Tasks of the new deployment that run"
        value={rollout.running}
        maxValue={Math.max(1, rollout.desired)}
        valueLabel={`${rollout.running} of ${rollout.desired}`}
      >
        {({ percentage, valueText }) => (
          <div className="mb-1.5 flex items-center gap-3">
            <span className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunk">
              <span
                className={cn('block h-full rounded-full transition-[width]', failed ? 'bg-bad' : 'bg-busy')}
                style={{ width: `${percentage}%` }}
              />
            </span>
            <span className="font-mono text-ink-soft text-xs">{valueText}</span>
          </div>
        )}
      </ProgressBar>
      <Facts>
        <Fact name="State">
          {rollout.state.toLowerCase().replaceAll('_', ' ')}
          <span className="text-ink-soft"> · since {formatSince(now - rollout.startedAtMs)}</span>
        </Fact>
        {rollout.failedTasks > 0 && <Fact name="Failed tasks">{rollout.failedTasks}</Fact>}
        {rollout.reason && <Fact name="Reason">{rollout.reason}</Fact>}
        <Fact name="Deployment">
          <Copy name="deployment id" value={rollout.deploymentId} length={28} />
        </Fact>
      </Facts>
    </Section>
  )
}
