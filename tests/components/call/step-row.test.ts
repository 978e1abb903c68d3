import { describe, expect, test } from 'vitest'
import { lookOf, stepsOf, stops } from '@/components/call/step-row'
import type { Step, StepName } from '@/lib/probe/trip'

const step = (name: StepName, outcome: Step['outcome'] = 'ok'): Step => ({
  type: 'step',
  name,
  outcome,
  startMs: 0,
  durationMs: 0,
  fact: '',
  note: null,
  lesson: '',
  candidates: null,
})

const resolved = [step('resolve-by-discover'), step('resolve-by-dns')]
const looks = (steps: readonly Step[], running: boolean, chosen: StepName | null = 'resolve-by-dns') =>
  stops.map((stop) => lookOf(stop, steps, running, chosen))

describe('the stops of a trip', () => {
  test('have both ways of resolving as one', () => {
    expect(stepsOf('resolve', [...resolved, step('pick')])).toEqual(resolved)
  })

  test('show where a running trip is', () => {
    expect(looks([], true)).toEqual(['now', 'waiting', 'waiting', 'waiting', 'waiting'])
    expect(looks([...resolved, step('pick')], true)).toEqual(['ok', 'ok', 'now', 'waiting', 'waiting'])
  })

  test('show what was never reached when the trip is over', () => {
    expect(looks([...resolved, step('pick'), step('connect', 'failed')], false)).toEqual([
      'ok',
      'ok',
      'failed',
      'never',
      'never',
    ])
  })

  test('fail at resolving only when the way that was chosen fails', () => {
    const apiFails = [step('resolve-by-discover', 'failed'), step('resolve-by-dns')]
    expect(lookOf('resolve', apiFails, false, 'resolve-by-dns')).toBe('warn')
    expect(lookOf('resolve', apiFails, false, 'resolve-by-discover')).toBe('failed')
  })

  test('remark a disagreement of the way that was not chosen', () => {
    const steps = [step('resolve-by-discover'), step('resolve-by-dns', 'warn')]
    expect(lookOf('resolve', steps, false, 'resolve-by-discover')).toBe('warn')
  })

  test('take a way that the service does not have as no remark', () => {
    const steps = [step('resolve-by-discover'), step('resolve-by-dns', 'skipped')]
    expect(lookOf('resolve', steps, false, 'resolve-by-discover')).toBe('ok')
  })
})
