import type { Answer } from '../wire/answer'
import { ApiError } from '../wire/api-error'
import type { ApiRequest, Dispatch } from '../wire/dispatch'
import type { Action } from '../wire/name-action'
import type { Keeper } from './keeper'
import type { TrackedState } from './tracked-state'

const reading = /^[^:]*:(?:Describe|List|Get|Discover|Filter|ExecuteCommand$)/

/** Operations that change nothing that is stored, told by their names as AWS gives them. A session ends with its process. */
export const isReading = (actionName: string): boolean => reading.test(actionName)

/**
 * Holds every answer back until the state it was made from is stored, so that nothing is told that a `kill -9` could take
 * back. While nothing can be stored, changes are refused before they are made, and reading goes on.
 */
export const makeDurableDispatch =
  (options: {
    readonly dispatch: Dispatch
    readonly nameAction: (request: ApiRequest) => Action | undefined
    readonly tracked: Pick<TrackedState, 'untracked'>
    readonly keeper: Pick<Keeper, 'keep' | 'failure'>
  }): ((request: ApiRequest) => Answer | Promise<Answer>) =>
  (request) => {
    const { dispatch, tracked, keeper } = options
    const action = options.nameAction(request)
    if (!action || isReading(action.name)) {
      const answer = tracked.untracked(() => dispatch(request))
      const kept = keeper.failure ? undefined : keeper.keep()
      // A failure is told to those who change something; what was read is there all the same.
      return kept
        ? kept.then(
            () => answer,
            () => answer,
          )
        : answer
    }
    const change = (): Answer | Promise<Answer> => {
      const answer = dispatch(request)
      const kept = keeper.keep()
      return kept ? kept.then(() => answer, refused) : answer
    }
    const refused = (error: unknown): Answer => {
      const message = error instanceof Error ? error.message : String(error)
      return action.refuse(new ApiError(faultCodes[action.iamPrefix] ?? 'InternalFailure', message, {}, 500))
    }
    return keeper.failure ? Promise.resolve(keeper.keep()).then(change, refused) : change()
  }

/** What each API calls a fault of its own side; Cloud Map models none, so it has AWS's common one. */
const faultCodes: Readonly<Record<string, string>> = { ecs: 'ServerException', ec2: 'InternalError' }
