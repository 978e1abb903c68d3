import type { DeploymentStatus } from '../commands/service-deployment'
import { type WaitLook, waitDone, waitingFor } from './look'

/** What ECS calls each stage, in words. */
const stages: Readonly<Record<string, string>> = {
  PENDING: 'ECS to begin',
  IN_PROGRESS: 'ECS to stop the deployment',
  STOP_REQUESTED: 'ECS to stop the deployment',
  ROLLBACK_REQUESTED: 'ECS to begin the rollback',
  ROLLBACK_IN_PROGRESS: 'the tasks of the former revision to run',
}

/** Whether a deployment has been brought back (ECS API reference, ServiceDeployment). */
export function lookAtRollback({ status, reason }: DeploymentStatus): WaitLook {
  if (status === 'ROLLBACK_SUCCESSFUL' || status === 'STOPPED') return waitDone
  if (status === 'ROLLBACK_FAILED' || status === 'SUCCESSFUL')
    return {
      state: 'failed',
      nothingMade: false,
      error: {
        code: status === 'SUCCESSFUL' ? 'DeploymentFinished' : 'RollbackFailed',
        message:
          status === 'SUCCESSFUL'
            ? 'The deployment had finished before it could be rolled back.'
            : `The rollback failed. ${reason ?? 'ECS does not say why.'}`,
        remedy:
          status === 'SUCCESSFUL'
            ? 'Undo the change that began it, if it is not wanted.'
            : 'Look at the stopped tasks of the service, put right what they say, and deploy again.',
      },
    }
  if (status === null) return waitingFor('ECS to tell of the deployment')
  return waitingFor(`${stages[status] ?? 'ECS'} (${status})`)
}
