import { planStep } from '../plan/step'
import type { Change } from './change'
import { type RedeployInput, redeployInput } from './inputs/redeploy'
import { serviceByArn } from './look-up'
import { planned } from './refuse'
import { serviceRefusal, serviceSeen } from './service-facts'

/** Starts new tasks of the same revision and stops the old ones: new names of Service Connect, a moved image tag, a clean start. */
export const redeploy: Change<RedeployInput> = {
  kind: 'redeploy',
  schema: redeployInput,
  plan({ clusterArn, serviceArn }, world) {
    const service = serviceByArn(world, clusterArn, serviceArn)
    if (service?.status !== 'ACTIVE') return serviceRefusal(service)
    return planned({
      title: `Redeploy ${service.name}`,
      steps: [
        planStep(
          {
            command: 'ecs:UpdateService',
            input: { cluster: clusterArn, service: serviceArn, forceNewDeployment: true },
          },
          {
            id: 'redeploy',
            sentence: `Replace the tasks of ${service.name} by new ones of the same revision.`,
            undo: {
              possible: false,
              sentence: 'The new tasks run the same revision; there is nothing to go back to.',
            },
          },
        ),
      ],
      seen: [serviceSeen(service, ['status', 'deploymentId'])],
    })
  },
}
