import { describe, expect, test } from 'vitest'
import { failureOf } from '@/lib/probe/failure'
import { lessons } from '@/lib/probe/lesson'
import { errorKinds, type TripEvent } from '@/lib/probe/trip'
import { idleTrip, isTripEvent, type TripState, tripReducer } from '@/lib/probe/trip-state'

const request = { serviceId: 's', method: 'GET', path: '/', count: 2, concurrency: 1, via: 'dns' } as const

const begun = tripReducer(idleTrip, { type: 'begin', request })
const told = (state: TripState, ...events: readonly TripEvent[]) =>
  tripReducer(state, { type: 'events', events })

const step = (name: 'pick' | 'connect', fact: string): TripEvent => ({
  type: 'step',
  name,
  outcome: 'ok',
  startMs: 0,
  durationMs: 0,
  fact,
  note: null,
  lesson: '',
  candidates: null,
})

const attempt = (status: number | null, index = 0): TripEvent => ({
  type: 'attempt',
  index,
  atMs: 0,
  instanceId: 'instance/a',
  taskId: 'a',
  address: '127.10.0.11',
  port: 8080,
  status,
  latencyMs: 3,
  errorKind: status === null ? 'refused' : null,
  errorMessage: null,
  confirmedByHostname: null,
  hostname: null,
})

const finished: TripEvent = {
  type: 'run-finished',
  atMs: 0,
  durationMs: 1,
  counts: { asked: 2, ok: 2, failed: 0, answered: 2, notMade: 0, byInstance: {}, byErrorKind: {} },
}

describe('a run on the screen', () => {
  test('starts from nothing, whatever was there before', () => {
    const full = told(begun, step('pick', 'x'), attempt(200), finished)
    expect(tripReducer(full, { type: 'begin', request })).toEqual(begun)
  })

  test('keeps one step of each name, the newest', () => {
    const state = told(begun, step('pick', 'first'), step('connect', 'c'), step('pick', 'second'))
    expect(state.steps.map((each) => each.fact)).toEqual(['c', 'second'])
  })

  test('keeps the call whose trip it tells, whichever ends last', () => {
    expect(told(begun, attempt(200, 1)).first).toBeNull()
    expect(told(begun, attempt(200, 1), attempt(201), attempt(202, 2)).first).toMatchObject({ status: 201 })
  })

  test('remembers who answered although a later call failed', () => {
    const state = told(begun, attempt(200), attempt(null, 1))
    expect(state.attempt).toMatchObject({ status: null })
    expect(state.answered).toMatchObject({ status: 200 })
    expect(state.spread).toMatchObject({ ok: 1, failed: 1 })
  })

  test('is finished by its last event', () => {
    expect(told(begun, finished)).toMatchObject({ phase: 'finished', finished })
  })

  test('stands still once it is stopped: late events change no figure', () => {
    const stopped = tripReducer(told(begun, attempt(200)), { type: 'stop' })
    expect(stopped.phase).toBe('stopped')
    expect(told(stopped, attempt(200), finished)).toBe(stopped)
  })

  test('keeps its figures when it breaks, with the reason', () => {
    const problem = { title: 'a', message: 'b', remedy: 'c' }
    const broken = tripReducer(told(begun, attempt(200)), { type: 'break', problem })
    expect(broken).toMatchObject({ phase: 'broken', problem, spread: { ok: 1 } })
  })

  test('cannot be stopped or broken when it is over', () => {
    const over = told(begun, finished)
    expect(tripReducer(over, { type: 'stop' })).toBe(over)
    expect(tripReducer(over, { type: 'break', problem: { title: '', message: '', remedy: '' } })).toBe(over)
  })

  test.each([null, 1, 'x', [], {}, { type: 'unknown' }, { type: 1 }, { kind: 'attempt' }])(
    'skips a line that is no event: %j',
    (value) => {
      expect(isTripEvent(value)).toBe(false)
    },
  )
})

describe('every way a call can fail', () => {
  test.each(errorKinds)('%s has a title, a meaning and a next step', (kind) => {
    const { title, meaning, remedy } = failureOf(kind)
    expect(title).toMatch(/^[A-Z]/)
    expect(meaning).toMatch(/^[A-Z].*[.]$/s)
    expect(remedy).toMatch(/^[A-Z].*[.]$/s)
  })

  test('is told in words of its own', () => {
    const all = errorKinds.map((kind) => failureOf(kind))
    expect(new Set(all.map(({ title }) => title)).size).toBe(errorKinds.length)
  })

  test('and every step teaches in one sentence', () => {
    for (const lesson of Object.values(lessons)) expect(lesson).toMatch(/^[A-Z][^\n]*\.$/)
  })
})
