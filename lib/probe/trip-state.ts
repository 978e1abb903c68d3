import { addEvent, emptySpread, type Spread } from './spread'
import type {
  AttemptFinished,
  BodySample,
  CallRequest,
  RunFinished,
  RunStarted,
  Step,
  TripEvent,
} from './trip'

/** Why a run could not be made or was cut, in words for a person. */
export type TripProblem = { readonly title: string; readonly message: string; readonly remedy: string }

/** A run as the drawer shows it. Made by `tripReducer` only. */
export type TripState = {
  readonly phase: 'idle' | 'running' | 'finished' | 'stopped' | 'broken'
  readonly request: CallRequest | null
  readonly started: RunStarted | null
  /** Of the first call, in the order told. */
  readonly steps: readonly Step[]
  /** The call that the steps tell. */
  readonly first: AttemptFinished | null
  /** The newest attempt. */
  readonly attempt: AttemptFinished | null
  /** The newest attempt that somebody answered. */
  readonly answered: AttemptFinished | null
  readonly body: BodySample | null
  readonly spread: Spread
  readonly finished: RunFinished | null
  readonly problem: TripProblem | null
}

export const idleTrip: TripState = {
  phase: 'idle',
  request: null,
  started: null,
  steps: [],
  first: null,
  attempt: null,
  answered: null,
  body: null,
  spread: emptySpread,
  finished: null,
  problem: null,
}

export type TripAction =
  | { readonly type: 'begin'; readonly request: CallRequest }
  | { readonly type: 'events'; readonly events: readonly TripEvent[] }
  | { readonly type: 'stop' }
  | { readonly type: 'break'; readonly problem: TripProblem }

const withEvent = (state: TripState, event: TripEvent): TripState => {
  const next = { ...state, spread: addEvent(state.spread, event) }
  switch (event.type) {
    case 'run-started':
      return { ...next, started: event }
    case 'step':
      return { ...next, steps: [...state.steps.filter(({ name }) => name !== event.name), event] }
    case 'body':
      return { ...next, body: event }
    case 'attempt':
      return {
        ...next,
        first: event.index === 0 ? event : state.first,
        attempt: event,
        answered: event.status === null ? state.answered : event,
      }
    case 'run-finished':
      return { ...next, finished: event, phase: 'finished' }
  }
}

/** The next state. What arrives after a stop is not shown: the figures are those of the moment of stopping. */
export const tripReducer = (state: TripState, action: TripAction): TripState => {
  switch (action.type) {
    case 'begin':
      return { ...idleTrip, phase: 'running', request: action.request }
    case 'events':
      return state.phase === 'running' ? action.events.reduce(withEvent, state) : state
    case 'stop':
      return state.phase === 'running' ? { ...state, phase: 'stopped' } : state
    case 'break':
      return state.phase === 'running' ? { ...state, phase: 'broken', problem: action.problem } : state
  }
}

const types: ReadonlySet<unknown> = new Set(['run-started', 'step', 'attempt', 'body', 'run-finished'])

/** Whether a parsed line is an event of a kind that this version knows; others are skipped. */
export const isTripEvent = (value: unknown): value is TripEvent =>
  typeof value === 'object' && value !== null && 'type' in value && types.has(value.type)
