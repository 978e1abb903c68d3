import type { Run, RunState, StepRun, StepState } from '@/lib/plan/run-state'
import type { State } from '@/lib/topology/model'
import { count } from '../ui/age'

/** The word for a step's state, said beside its shape. */
export const stepWords: Readonly<Record<StepState, string>> = {
  queued: 'queued',
  running: 'sending',
  waiting: 'waiting',
  done: 'done',
  failed: 'failed',
  unknown: 'outcome unknown',
  undoing: 'undoing',
  undone: 'undone',
  'undo failed': 'undo failed',
}

export const stepTones: Readonly<Record<StepState, State>> = {
  queued: 'off',
  running: 'busy',
  waiting: 'busy',
  done: 'ok',
  failed: 'bad',
  unknown: 'warn',
  undoing: 'busy',
  undone: 'off',
  'undo failed': 'bad',
}

export const runWords: Readonly<Record<RunState, string>> = {
  running: 'running',
  done: 'done',
  failed: 'failed',
  unknown: 'outcome unknown',
  interrupted: 'interrupted',
  stale: 'out of date',
  undoing: 'undoing',
  undone: 'undone',
  'undo failed': 'undo failed',
}

export const runTones: Readonly<Record<RunState, State>> = {
  running: 'busy',
  done: 'ok',
  failed: 'bad',
  unknown: 'warn',
  interrupted: 'warn',
  stale: 'warn',
  undoing: 'busy',
  undone: 'off',
  'undo failed': 'bad',
}

/** Whether the run goes on by itself. */
export const isMoving = (state: RunState): boolean => state === 'running' || state === 'undoing'

/** How many steps are behind it, for a bar: those done, of all. While undoing: those still standing. */
export function progressOf(run: Run): { readonly done: number; readonly all: number } {
  return { done: run.steps.filter((step) => step.state === 'done').length, all: run.steps.length }
}

const at = (steps: readonly StepRun[], ...states: readonly StepState[]) =>
  steps.findIndex((step) => states.includes(step.state)) + 1

const done = (steps: readonly StepRun[]) => steps.filter((step) => step.state === 'done').length

/** Where the run stands, in one or two sentences. */
export function describeRun(run: Run): string {
  const { steps } = run
  const all = steps.length
  const of = (n: number) => (all === 1 ? 'the only step' : `step ${n} of ${all}`)
  switch (run.state) {
    case 'running': {
      const now = at(steps, 'running', 'waiting')
      if (now > 0) return capital(`${of(now)} is under way.`)
      const next = at(steps, 'queued')
      return next > 1 ? `Step ${next} of ${all} comes next.` : 'Looking at the world before the first step.'
    }
    case 'done':
      if (steps.every((step) => step.made === false))
        return 'Everything was there already: nothing was changed.'
      return all === 1 ? 'It is done.' : `All ${all} steps are done.`
    case 'failed': {
      const broken = at(steps, 'failed')
      if (broken === 0) return 'Nothing was sent.'
      const before = done(steps)
      const rest =
        before === 0
          ? 'Nothing before it was changed'
          : `${count(before, 'step')} before it ${before === 1 ? 'is' : 'are'} done`
      return all === 1
        ? 'The only step failed.'
        : `Stopped at ${of(broken)}. ${rest}; nothing after it was sent.`
    }
    case 'unknown': {
      const lost = at(steps, 'unknown')
      return lost === 0
        ? 'It is not known whether everything was done.'
        : `No answer came for ${of(lost)}: AWS may have done it. Retry looks first, and sends it only if it is not there.`
    }
    case 'interrupted':
      return `The console ended in the middle; ${count(done(steps), 'step')} of ${all} ${
        done(steps) === 1 ? 'was' : 'were'
      } done. Nothing goes on by itself.`
    case 'stale':
      return 'The world had moved on since this plan was made, so nothing was sent.'
    case 'undoing':
      return 'Taking back what this run made, last step first.'
    case 'undone':
      return 'What this run made was taken back.'
    case 'undo failed':
      return 'Not everything could be taken back. What is left is listed below.'
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
