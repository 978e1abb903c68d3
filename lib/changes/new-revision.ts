import type { Consequence } from '../plan/plan'
import { planStep } from '../plan/step'
import type { Change } from './change'
import { chooseDefinition } from './chosen-definition'
import { type NewRevisionInput, newRevisionInput } from './inputs/new-revision'
import { serviceByArn } from './look-up'
import { planned, refuse } from './refuse'
import { serviceRefusal, serviceSeen } from './service-facts'

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)
const familyOf = (arn: string) => lastPart(arn).replace(/:\d+$/, '')

/** Registers an edited revision and moves the service to it. */
export const newRevision: Change<NewRevisionInput> = {
  kind: 'new-revision',
  schema: newRevisionInput,
  plan({ clusterArn, serviceArn, fromArn, text }, world) {
    const service = serviceByArn(world, clusterArn, serviceArn)
    if (service?.status !== 'ACTIVE') return serviceRefusal(service)
    if (service.taskDefinitionArn !== fromArn)
      return refuse(
        'ChangedMeanwhile',
        `${service.name} runs ${lastPart(service.taskDefinitionArn)} by now; you edited ${lastPart(fromArn)}.`,
        'Nothing was changed. Look at the newer revision and edit that one.',
      )
    const definition = chooseDefinition({ kind: 'json', text }, world)
    if (!definition.ok) return definition
    const { chosen } = definition
    const former = lastPart(fromArn)
    const consequences: Consequence[] = chosen.remarks.map((remark) => ({ tone: 'info', text: remark }))
    const family = chosen.label.replace(/ \(new revision\)$/, '')
    if (family !== familyOf(fromArn))
      consequences.push({
        tone: 'warn',
        text: `The service changes from the family ${familyOf(fromArn)} to ${family}.`,
      })
    return planned({
      title: `New revision of ${service.name}`,
      steps: [
        ...chosen.steps,
        planStep(
          {
            command: 'ecs:UpdateService',
            input: { cluster: clusterArn, service: serviceArn, taskDefinition: chosen.arn },
          },
          {
            id: 'update-service',
            sentence: `Replace the tasks of ${service.name} by tasks of the new revision.`,
            undo: {
              possible: true,
              sentence: `Go back to ${former}.`,
              calls: [
                {
                  command: 'ecs:UpdateService',
                  input: { cluster: clusterArn, service: serviceArn, taskDefinition: fromArn },
                  wait: { kind: 'service stable', timeoutMs: 15 * 60_000 },
                },
              ],
            },
          },
        ),
      ],
      seen: [serviceSeen(service, ['status', 'taskDefinitionArn'])],
      consequences,
    })
  },
}
