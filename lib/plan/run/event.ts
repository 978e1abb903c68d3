import type { OutputName } from '../command'
import type { Refused } from '../plan'
import type { Difference, Facts, Seen } from '../seen'

/** What AWS's answer to a call comes down to. */
export type Answer = {
  readonly requestId: string | null
  readonly outputs: Readonly<Partial<Record<OutputName, string>>>
  /** Set when Cloud Map goes on in the background. */
  readonly operationId: string | null
  readonly deploymentId: string | null
  /** false: it was there before this run. */
  readonly made: boolean
}

/** Something that happened to a run. Times are epoch milliseconds. */
export type RunEvent = { readonly atMs: number } & (
  | { readonly type: 'checked'; readonly differences: readonly Difference[] }
  /** Nothing can be sent now, and no step is at fault. */
  | { readonly type: 'halted'; readonly error: Refused }
  /** The run is done, and this is what an undo of it would touch. */
  | { readonly type: 'left'; readonly left: readonly Seen[] }
  | { readonly type: 'retry wanted' }
  | { readonly type: 'undo wanted' }
  /** The console that ran it is gone. */
  | { readonly type: 'interrupted' }
  | ({ readonly stepId: string } & StepEvent)
)

type StepEvent =
  /** Also told again when there is something new to say. */
  | { readonly type: 'waiting'; readonly words: string }
  | { readonly type: 'waited before' }
  | { readonly type: 'looked before'; readonly facts: Facts | null }
  | { readonly type: 'sending' }
  | { readonly type: 'answered'; readonly answer: Answer }
  /** AWS said no, and that nothing was done is certain. */
  | { readonly type: 'refused'; readonly error: Refused; readonly requestId: string | null }
  /** AWS may have taken the call. */
  | { readonly type: 'no answer'; readonly error: Refused; readonly requestId: string | null }
  | { readonly type: 'found'; readonly answer: Answer }
  | { readonly type: 'not found' }
  | { readonly type: 'look-up failed'; readonly error: Refused }
  | { readonly type: 'settled'; readonly outputs: Answer['outputs'] }
  /** `nothingMade`: the operation ended in FAIL and left nothing. */
  | { readonly type: 'wait failed'; readonly error: Refused; readonly nothingMade: boolean }
  | { readonly type: 'undo looked before'; readonly facts: Facts | null }
  | { readonly type: 'undo sending' }
  | { readonly type: 'undo answered'; readonly operationId: string | null }
  | { readonly type: 'undo waited' }
  | { readonly type: 'undo no answer'; readonly error: Refused }
  | { readonly type: 'undo not taken' }
  /** It could not be told whether AWS took the undo call. */
  | { readonly type: 'undo not known'; readonly error: Refused }
  | { readonly type: 'undo failed'; readonly error: Refused }
