import type { EcsService } from '../inventory/model'
import type { Planned } from '../plan/plan'
import { planStep } from '../plan/step'
import type { Change } from './change'
import { type ScaleInput, scaleInput } from './inputs/scale'
import { MOST_DISCOVERABLE_TASKS } from './inputs/service-shape'
import { serviceByArn } from './look-up'

export { type ScaleInput, scaleInput }

/**
 * Sets the desired count. ECS has no version to compare, so the count that the person saw is compared with the one there is now; a
 * change in between is not overwritten. `service` is as just read; null when it is not there any more.
 */
export function planScale(service: EcsService | null, input: ScaleInput): Planned {
  const { clusterArn, serviceArn, desiredCount, seenDesiredCount } = input
  if (!service || service.status === 'INACTIVE')
    return {
      ok: false,
      code: 'ServiceGone',
      message: 'This service does not exist any more.',
      remedy: 'Look at the map; it was deleted meanwhile.',
    }
  if (service.status === 'DRAINING')
    return {
      ok: false,
      code: 'ServiceDraining',
      message: `${service.name} was deleted and its last tasks are being stopped.`,
      remedy: 'Create it again once it is gone.',
    }
  if (service.desired !== seenDesiredCount)
    return {
      ok: false,
      code: 'ChangedMeanwhile',
      message: `Somebody set the desired count of ${service.name} to ${service.desired} meanwhile; you saw ${seenDesiredCount}.`,
      remedy: 'Nothing was changed. Look at the new count and decide again.',
    }
  if (service.registryArns.length > 0 && desiredCount > MOST_DISCOVERABLE_TASKS)
    return {
      ok: false,
      code: 'TooManyInstances',
      message: `${service.name} registers in Cloud Map, which takes ${MOST_DISCOVERABLE_TASKS} instances per service.`,
      remedy: `Choose at most ${MOST_DISCOVERABLE_TASKS}.`,
    }
  const sentence = `Set the desired count of ${service.name} from ${service.desired} to ${desiredCount}.`
  return {
    ok: true,
    plan: {
      title: `Scale ${service.name} to ${desiredCount}`,
      steps: [
        planStep(
          {
            command: 'ecs:UpdateService',
            // Alone, so that no deployment starts (ECS API reference, UpdateService).
            input: { cluster: clusterArn, service: serviceArn, desiredCount },
          },
          {
            id: 'scale',
            sentence,
            undo: {
              possible: true,
              sentence: `Set the desired count of ${service.name} back to ${service.desired}.`,
              calls: [
                {
                  command: 'ecs:UpdateService',
                  input: { cluster: clusterArn, service: serviceArn, desiredCount: service.desired },
                  wait: null,
                },
              ],
            },
          },
        ),
      ],
      seen: [
        {
          subject: { kind: 'service', cluster: clusterArn, service: serviceArn },
          facts: { status: service.status, desiredCount: service.desired },
        },
      ],
      consequences: [],
      confirm: null,
    },
  }
}

/** Sets how many tasks a service keeps running. */
export const scale: Change<ScaleInput> = {
  kind: 'scale',
  schema: scaleInput,
  plan: (input, world) => planScale(serviceByArn(world, input.clusterArn, input.serviceArn), input),
}
