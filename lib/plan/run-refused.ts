import type { Refused } from './plan'

/** Why a run was not begun or did not go on; every screen shows its code, message and remedy. */
export class RunRefused extends Error {
  override readonly name = 'RunRefused'
  readonly refused: Refused

  constructor(refused: Refused) {
    super(refused.message)
    this.refused = refused
  }
}

export const refuse = (code: string, message: string, remedy: string): RunRefused =>
  new RunRefused({ code, message, remedy })

export const noSuchRun = (): RunRefused =>
  refuse('NoSuchRun', 'There is no such run.', 'Look at the list of runs; it may be of another console.')

export const runUnderWay = (): RunRefused =>
  refuse('RunUnderWay', 'This run is under way.', 'Wait until it rests.')

export const nothingToDo = (what: 'retry' | 'undo'): RunRefused =>
  refuse(
    'NothingToDo',
    what === 'retry' ? 'This run cannot be retried.' : 'This run has nothing to take back.',
    'Look at the run as it is now.',
  )

export const unexpected: Refused = {
  code: 'Unexpected',
  message: 'The console failed at this run.',
  remedy: 'The terminal of npm start shows the error. Look at the map before trying again.',
}
