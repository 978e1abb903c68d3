import type { Clock } from '../clock'
import type { Answer } from '../wire/answer'
import { readScope } from '../wire/authorization'
import type { ApiRequest } from '../wire/dispatch'
import type { Action } from '../wire/name-action'
import { errorOfFault } from './fault-error'
import type { FaultSwitchboard } from './fault-switchboard'

/** An answer to send, or `cut`: close the connection without one. */
export type Outcome = Answer | 'cut'

/**
 * Puts the fault switchboard around a dispatch. What the dispatch answers has been stored by then, so `drop-answer` loses
 * the answer and nothing else.
 */
export const makeFaultyDispatch =
  (options: {
    readonly dispatch: (request: ApiRequest) => Answer | Promise<Answer>
    readonly faults: Pick<FaultSwitchboard, 'forCall'>
    readonly nameAction: (request: ApiRequest) => Action | undefined
    readonly clock: Clock
    readonly defaultAccountId: string
  }) =>
  async (request: ApiRequest): Promise<Outcome> => {
    const { dispatch, clock } = options
    const action = options.nameAction(request)
    const fault = action && options.faults.forCall(action.name)
    if (!fault) return dispatch(request)
    switch (fault.kind) {
      case 'refuse-before':
        return 'cut'
      case 'drop-answer':
        await dispatch(request)
        return 'cut'
      case 'delay':
        await new Promise<void>((resolve) => clock.after(fault.ms, resolve))
        return dispatch(request)
      default: {
        const error = errorOfFault(fault, action, accountOf(request, options.defaultAccountId))
        return error ? action.refuse(error) : dispatch(request)
      }
    }
  }

/** The caller's account for the sentence of a refusal; what is wrong with the header is not the fault's matter. */
function accountOf({ authorization }: ApiRequest, defaultAccountId: string): string {
  try {
    return readScope(authorization, defaultAccountId).accountId
  } catch {
    return defaultAccountId
  }
}
