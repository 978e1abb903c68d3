import type { PlanStep, Refused } from '@/lib/plan/plan'
import type { StepState } from '@/lib/plan/run-state'
import { Copy } from '../ui/copy'
import { Notice } from '../ui/notice'
import { permissionLine } from './permission-line'

type StepErrorProps = { planned: PlanStep; error: Refused; state: StepState }

/** AWS's error, what it usually means, and the next step. */
export function StepError({ planned, error, state }: StepErrorProps) {
  const permission = permissionLine(planned, error)
  return (
    <Notice
      tone={state === 'unknown' ? 'warn' : 'bad'}
      role="alert"
      title={error.message}
      className="mt-1.5 mb-1"
    >
      {error.remedy !== '' && <p className="wrap-anywhere text-ink">{error.remedy}</p>}
      {permission !== null && (
        <div className="mt-1 flex min-w-0 flex-col gap-1">
          <span className="text-xs">Add this statement to the policy of whoever runs the console:</span>
          <Copy
            name="permission"
            value={permission}
            text={permission}
            className="rounded-control border border-line bg-raised px-2 py-1"
          />
        </div>
      )}
      <span className="wrap-anywhere font-mono text-2xs">
        {planned.command} · {error.code}
      </span>
    </Notice>
  )
}
