import type { Refused } from '../plan'
import type { Answer } from '../run/event'

/** What one look at AWS says about a wait. */
export type WaitLook =
  | { readonly state: 'done'; readonly outputs: Answer['outputs'] }
  /** `words` follow "waiting for": `tasks of web to start: 1 of 2 running`. */
  | { readonly state: 'waiting'; readonly words: string }
  /** It will never be. `nothingMade`: the operation left nothing behind. */
  | { readonly state: 'failed'; readonly error: Refused; readonly nothingMade: boolean }

export const waitDone: WaitLook = { state: 'done', outputs: {} }

export const waitingFor = (words: string): WaitLook => ({ state: 'waiting', words })
