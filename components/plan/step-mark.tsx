import { Check, CircleHelp, Hourglass, LoaderCircle, OctagonAlert, Undo2 } from 'lucide-react'
import type { StepState } from '@/lib/plan/run-state'
import { cn } from '../ui/class-names'

const looks: Readonly<Record<StepState, string>> = {
  queued: 'border-line-strong bg-raised text-ink-soft',
  running: 'border-busy bg-busy-soft text-busy-ink',
  waiting: 'border-busy bg-busy-soft text-busy-ink',
  done: 'border-ok bg-ok text-raised',
  failed: 'border-bad bg-bad text-on-bad',
  unknown: 'border-warn bg-warn-soft text-warn-ink',
  undoing: 'border-busy bg-busy-soft text-busy-ink',
  undone: 'border-line-strong bg-sunk text-ink-soft',
  'undo failed': 'border-bad bg-bad text-on-bad',
}

/** The round sign at the left of a step: its number until it has begun, then what became of it. */
export function StepMark({ state, number }: { state: StepState; number: number }) {
  return (
    <span
      aria-hidden
      className={cn(
        'flex size-5 shrink-0 items-center justify-center rounded-full border font-medium text-2xs tabular-nums [&_svg]:size-3 [&_svg]:stroke-[2.5]',
        looks[state],
      )}
    >
      <Sign state={state} number={number} />
    </span>
  )
}

function Sign({ state, number }: { state: StepState; number: number }) {
  switch (state) {
    case 'queued':
      return number
    case 'running':
    case 'undoing':
      return <LoaderCircle className="motion-safe:animate-spin" />
    case 'waiting':
      return <Hourglass />
    case 'done':
      return <Check />
    case 'failed':
    case 'undo failed':
      return <OctagonAlert />
    case 'unknown':
      return <CircleHelp />
    case 'undone':
      return <Undo2 />
  }
}
