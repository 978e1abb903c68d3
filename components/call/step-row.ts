import type { Step, StepName } from '@/lib/probe/trip'

/** What stands over the numbers. Both ways of resolving are one stop of the trip. */
export const stops = ['resolve', 'pick', 'connect', 'request', 'answer'] as const
export type Stop = (typeof stops)[number] | 'enter'

/** From inside a task the session comes first. */
export const stopsFromTask: readonly Stop[] = ['enter', ...stops]

export const stopTitles: Readonly<Record<Stop, string>> = {
  enter: 'Enter the task',
  resolve: 'Resolve',
  pick: 'Pick',
  connect: 'Connect',
  request: 'Request',
  answer: 'Answer',
}

const stepsOfStop: Readonly<Record<Stop, readonly StepName[]>> = {
  enter: ['enter'],
  resolve: ['resolve-by-alias', 'resolve-by-discover', 'resolve-by-dns'],
  pick: ['pick'],
  connect: ['connect'],
  request: ['request'],
  answer: ['answer'],
}

/** The steps that were told of a stop. */
export function stepsOf(stop: Stop, steps: readonly Step[]): readonly Step[] {
  return steps.filter((step) => stepsOfStop[stop].includes(step.name))
}

export type StopLook = 'ok' | 'warn' | 'failed' | 'now' | 'waiting' | 'never'

const worst = (steps: readonly Step[], chosen: StepName | null): StopLook => {
  const deciding = chosen === null ? steps : steps.filter((step) => step.name === chosen)
  if (deciding.some((step) => step.outcome === 'failed')) return 'failed'
  return steps.some((step) => step.outcome === 'warn' || step.outcome === 'failed') ? 'warn' : 'ok'
}

/**
 * How a stop looks: done well, with a remark or badly; under way; still to come; or never reached.
 *
 * @param chosen the resolve step that the call depends on; the other one failing is only a remark
 * @param row the stops of this trip
 */
export function lookOf(
  stop: Stop,
  steps: readonly Step[],
  running: boolean,
  chosen: StepName | null,
  row: readonly Stop[] = stops,
): StopLook {
  const told = stepsOf(stop, steps)
  if (told.length > 0) return worst(told, stop === 'resolve' ? chosen : null)
  if (!running) return 'never'
  const next = row.find((candidate) => stepsOf(candidate, steps).length === 0)
  return next === stop ? 'now' : 'waiting'
}
