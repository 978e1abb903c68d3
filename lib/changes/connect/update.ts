import type { EcsService } from '../../inventory/model'
import type { WithRefs } from '../../plan/command'
import type { PlanStep, UndoCall } from '../../plan/plan'
import { planStep } from '../../plan/step'
import type { ConnectSettings } from '../world'
import { backTo, type WantedSettings } from './settings'

const stable = { kind: 'service stable', timeoutMs: 15 * 60_000 } as const

/** A deployment of the same revision: it sees the names that are there when it is made. */
const redeployCall = (service: EcsService): UndoCall => ({
  command: 'ecs:UpdateService',
  input: { cluster: service.clusterArn, service: service.arn, forceNewDeployment: true },
  wait: stable,
  sentence: `Replace the tasks of ${service.name}, so that they know the names of then.`,
})

type Own = {
  readonly id: string
  readonly sentence: string
  /** What the service has now. */
  readonly before: ConnectSettings | null
  /** null: the revision stays. */
  readonly taskDefinition: WithRefs<string> | null
  /** Services that must forget or find names again once this is taken back. */
  readonly redeployAfterUndo?: readonly EcsService[]
}

/** Gives a service other Service Connect settings; taken back, it gets those before, and its former revision. */
export function connectStep(service: EcsService, settings: WantedSettings, own: Own): PlanStep {
  const { id, sentence, before, taskDefinition, redeployAfterUndo = [] } = own
  const former = service.taskDefinitionArn.slice(service.taskDefinitionArn.lastIndexOf('/') + 1)
  const back = before === null ? 'off again' : 'back to what it was'
  return planStep(
    {
      command: 'ecs:UpdateService',
      input: {
        cluster: service.clusterArn,
        service: service.arn,
        ...(taskDefinition === null ? {} : { taskDefinition }),
        serviceConnectConfiguration: settings,
      },
    },
    {
      id,
      sentence,
      undo: {
        possible: true,
        sentence: `Set Service Connect of ${service.name} ${back}${taskDefinition === null ? '' : `, and go back to ${former}`}.`,
        calls: [
          {
            command: 'ecs:UpdateService',
            input: {
              cluster: service.clusterArn,
              service: service.arn,
              ...(taskDefinition === null ? {} : { taskDefinition: service.taskDefinitionArn }),
              serviceConnectConfiguration: backTo(before),
            },
            wait: stable,
          },
          ...redeployAfterUndo.map(redeployCall),
        ],
      },
    },
  )
}

/** New tasks of the same revision, which know the names of today. */
export const redeployStep = (
  service: EcsService,
  own: { readonly id: string; readonly sentence: string },
): PlanStep =>
  planStep(
    {
      command: 'ecs:UpdateService',
      input: { cluster: service.clusterArn, service: service.arn, forceNewDeployment: true },
    },
    {
      ...own,
      undo: {
        possible: false,
        sentence: 'The new tasks run the same revision; there is nothing to go back to.',
      },
    },
  )
