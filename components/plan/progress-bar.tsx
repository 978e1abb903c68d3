import type { Run } from '@/lib/plan/run-state'
import type { State } from '@/lib/topology/model'
import { cn } from '../ui/class-names'
import { progressOf, runTones } from './run-words'

const fills: Readonly<Record<State, string>> = {
  ok: 'bg-ok',
  busy: 'bg-busy',
  warn: 'bg-warn',
  bad: 'bg-bad',
  off: 'bg-off',
}

/** How far a run is, by steps. */
export function ProgressBar({ run }: { run: Run }) {
  const { done, all } = progressOf(run)
  return (
    <div
      role="progressbar"
      aria-label="Steps done"
      aria-valuemin={0}
      aria-valuemax={all}
      aria-valuenow={done}
      aria-valuetext={`${done} of ${all} steps`}
      className="h-[3px] w-full overflow-hidden bg-line"
    >
      <div
        className={cn(
          'h-full transition-[width] duration-200 motion-reduce:transition-none',
          fills[runTones[run.state]],
        )}
        style={{ width: `${all === 0 ? 0 : (done / all) * 100}%` }}
      />
    </div>
  )
}
