import type { EcsService } from '../inventory/model'
import type { Consequence } from '../plan/plan'
import { planStep } from '../plan/step'
import type { Change } from './change'
import { type EnableExecInput, enableExecInput } from './inputs/enable-exec'
import { serviceByArn } from './look-up'
import { planned } from './refuse'
import { serviceRefusal, serviceSeen } from './service-facts'
import type { World } from './world'

const channels = [
  'CreateControlChannel',
  'CreateDataChannel',
  'OpenControlChannel',
  'OpenDataChannel',
] as const

const listed = (names: readonly string[]): string => names.map((name) => `ssmmessages:${name}`).join(', ')

/** What stands in the agent's way although exec is on (ECS developer guide, "ECS Exec", prerequisites). */
function obstacles(service: EcsService, world: World): readonly Consequence[] {
  const consequences: Consequence[] = []
  const revision = world.revisionInputs[service.taskDefinitionArn]
  if (revision?.containerDefinitions?.some((one) => one.readonlyRootFilesystem === true))
    consequences.push({
      tone: 'warn',
      text: 'A container has a read-only root file system; the exec agent cannot write there, and its session fails.',
    })
  if (world.inventory.target.kind === 'local') return consequences
  if (revision && !revision.taskRoleArn)
    consequences.push({
      tone: 'danger',
      text: `The task definition has no task role, so the agent may not open its channel: register a revision with a role that allows ${listed(channels)} first.`,
    })
  else
    consequences.push({
      tone: 'info',
      text: `The task role must allow ${listed(channels)}, and the tasks must reach the ssmmessages endpoint.`,
    })
  return consequences
}

/**
 * Switches ECS Exec on for a service and replaces its tasks, since the switch counts for tasks that start after it (ECS developer guide,
 * "ECS Exec").
 */
export const enableExec: Change<EnableExecInput> = {
  kind: 'enable-exec',
  schema: enableExecInput,
  plan({ clusterArn, serviceArn }, world) {
    const service = serviceByArn(world, clusterArn, serviceArn)
    if (service?.status !== 'ACTIVE') return serviceRefusal(service)
    const { name } = service
    const at = { cluster: clusterArn, service: serviceArn }
    return planned({
      title: `Enable ECS Exec for ${name}`,
      steps: [
        planStep(
          {
            command: 'ecs:UpdateService',
            input: { ...at, enableExecuteCommand: true, forceNewDeployment: true },
          },
          {
            id: 'enable-exec',
            sentence: `Switch on enableExecuteCommand for ${name} and replace its tasks by new ones that have the exec agent.`,
            undo: service.enableExecuteCommand
              ? { possible: false, sentence: 'It was on before; only the tasks are new.' }
              : {
                  possible: true,
                  sentence: `Switch off enableExecuteCommand for ${name} and replace its tasks again.`,
                  calls: [
                    {
                      command: 'ecs:UpdateService',
                      input: { ...at, enableExecuteCommand: false, forceNewDeployment: true },
                      wait: null,
                    },
                  ],
                },
          },
        ),
      ],
      seen: [serviceSeen(service, ['status', 'deploymentId', 'taskDefinitionArn'])],
      consequences: [
        {
          tone: 'info',
          text: `Every task of ${name} is replaced, ${service.desired} in all, by the service’s own deployment settings.`,
        },
        {
          tone: 'warn',
          text: 'From then on whoever may call ecs:ExecuteCommand can run commands in these containers.',
        },
        ...obstacles(service, world),
      ],
    })
  },
}
