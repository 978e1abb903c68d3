import type { Operation } from '@aws-sdk/client-servicediscovery'
import { text } from '@/lib/inventory/loose'
import { explain, operationAdvice } from '../advice'
import { type WaitLook, waitDone, waitingFor } from './look'

const doing: Readonly<Record<string, string>> = {
  CREATE_NAMESPACE: 'Cloud Map to make the namespace',
  DELETE_NAMESPACE: 'Cloud Map to delete the namespace',
  UPDATE_NAMESPACE: 'Cloud Map to change the namespace',
  UPDATE_SERVICE: 'Cloud Map to change the discovery service',
  REGISTER_INSTANCE: 'Cloud Map to register the instance',
  DEREGISTER_INSTANCE: 'Cloud Map to deregister the instance',
}

/** Whether an operation of Cloud Map has ended. FAIL ends the wait with AWS's reason; its changes were not made. */
export function lookAtOperation(operation: Operation | undefined): WaitLook {
  if (operation?.Status === 'SUCCESS') return waitDone
  if (operation?.Status === 'FAIL') {
    const code = text(operation.ErrorCode) || 'OperationFailed'
    const advice = operationAdvice[code] ?? {
      means: 'The operation of Cloud Map failed.',
      remedy: `Look the code up in the Cloud Map documentation (operation ${text(operation.Id)}), then retry or undo.`,
    }
    return {
      state: 'failed',
      nothingMade: true,
      error: { code, message: explain(text(operation.ErrorMessage), advice.means), remedy: advice.remedy },
    }
  }
  const words = doing[text(operation?.Type)] ?? 'Cloud Map to finish'
  return waitingFor(`${words} (${text(operation?.Status) || 'SUBMITTED'})`)
}
