import { planStep } from '../plan/step'
import type { Change } from './change'
import { detailsOf, unreadService } from './connect/moves'
import { type RollBackInput, rollBackInput } from './inputs/roll-back'
import { serviceByArn } from './look-up'
import { planned, refuse } from './refuse'
import { serviceRefusal, serviceSeen } from './service-facts'

/** Stops the deployment that is under way and brings the service back to the one before (ECS API reference, StopServiceDeployment). */
export const rollBack: Change<RollBackInput> = {
  kind: 'roll-back',
  schema: rollBackInput,
  plan({ clusterArn, serviceArn }, world) {
    const service = serviceByArn(world, clusterArn, serviceArn)
    if (service?.status !== 'ACTIVE') return serviceRefusal(service)
    const details = detailsOf(world, service)
    if (!details) return unreadService(service.name)
    const primary = service.deployments.find(({ status }) => status === 'PRIMARY')
    if (details.deploymentUnderWay === null || primary?.rolloutState === 'COMPLETED')
      return refuse(
        'NothingUnderWay',
        `No deployment of ${service.name} is under way that could be rolled back.`,
        'Undo the change that was deployed last, if it is not wanted.',
      )
    // The first deployment of all: both times are told to the second.
    if (primary && service.deployments.length === 1 && primary.createdAtMs < service.createdAtMs + 1_000)
      return refuse(
        'NothingToGoBackTo',
        `${service.name} has no former deployment to go back to.`,
        'Delete the service, or put right what keeps its tasks from starting.',
      )
    return planned({
      title: `Roll back ${service.name}`,
      steps: [
        planStep(
          {
            command: 'ecs:StopServiceDeployment',
            input: { serviceDeploymentArn: details.deploymentUnderWay, stopType: 'ROLLBACK' },
          },
          {
            id: 'roll-back',
            sentence: `Stop the deployment of ${service.name} and go back to the one before.`,
          },
        ),
      ],
      seen: [serviceSeen(service, ['status', 'deploymentId'])],
      consequences: [
        {
          tone: 'info',
          text: 'Revision, network and Service Connect become what they were before this deployment; the desired count stays.',
        },
        {
          tone: 'info',
          text: 'A plan that waits for this deployment ends with an error that says so.',
        },
      ],
    })
  },
}
