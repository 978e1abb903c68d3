import type { PlanStep } from '../plan/plan'
import { planStep } from '../plan/step'
import type { Change } from './change'
import { chooseDefinition, launchRefusal } from './chosen-definition'
import { networkOf, networkRefusal } from './chosen-network'
import { type RunTaskInput, runTaskInput } from './inputs/run-task'
import { clusterByArn } from './look-up'
import { planned, refuse } from './refuse'
import { ecsTagsOf } from './tags'

/**
 * Runs tasks once, without a service. One call per task, so that each can be taken back: RunTask's answer tells one step's outputs only.
 */
export const runTask: Change<RunTaskInput> = {
  kind: 'run-task',
  schema: runTaskInput,
  plan(input, world) {
    const { clusterArn, count, launchType, network } = input
    const cluster = clusterByArn(world, clusterArn)
    if (!cluster)
      return refuse('ClusterGone', 'The cluster is not there any more.', 'Choose another cluster.')
    const definition = chooseDefinition(input.taskDefinition, world)
    if (!definition.ok) return definition
    const { chosen } = definition
    const refusal = launchRefusal(launchType, chosen) ?? networkRefusal(network, chosen, null, world)
    if (refusal) return refusal
    const steps = Array.from(
      { length: count },
      (_, index): PlanStep =>
        planStep(
          {
            command: 'ecs:RunTask',
            input: {
              cluster: clusterArn,
              taskDefinition: chosen.arn,
              count: 1,
              launchType,
              ...networkOf(network, chosen),
              ...(input.enableExecuteCommand ? { enableExecuteCommand: true } : {}),
              ...ecsTagsOf(input.tags),
            },
          },
          {
            id: `task-${index + 1}`,
            sentence: `Run ${count === 1 ? 'a task' : `task ${index + 1} of ${count}`} of ${chosen.label} in ${cluster.name}.`,
          },
        ),
    )
    return planned({
      title: `Run ${count === 1 ? 'a task' : `${count} tasks`} of ${chosen.label}`,
      steps: [...chosen.steps, ...steps],
      seen: [{ subject: { kind: 'cluster', cluster: clusterArn }, facts: { status: cluster.status } }],
      consequences: [
        ...chosen.remarks.map((text) => ({ tone: 'info' as const, text })),
        {
          tone: 'info' as const,
          text: 'No service keeps it running: when it ends, nothing starts it again.',
        },
      ],
    })
  },
}
