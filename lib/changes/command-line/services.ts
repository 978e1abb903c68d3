import type { EcsFacts, ServiceNode, Topology } from '../../topology/model'
import { MOST_TASKS } from '../inputs/service-shape'
import { fitting, MOST_SUGGESTIONS, type Suggestion } from './suggestion'

type EcsNode = ServiceNode & { readonly ecs: EcsFacts }

export type FoundService = {
  readonly node: EcsNode
  readonly clusterArn: string
  readonly clusterName: string
}

const isEcs = (node: ServiceNode): node is EcsNode => node.ecs !== null

/** ECS services that can be changed, whose names fit; those of an unknown cluster cannot. */
export function findServices(topology: Topology, typed: string): readonly FoundService[] {
  const clusters = new Map(topology.clusters.map((cluster) => [cluster.id, cluster]))
  const all = topology.services.filter(isEcs).flatMap((node): FoundService[] => {
    const cluster = clusters.get(node.cluster ?? '')
    return cluster && node.ecs.status === 'ACTIVE'
      ? [{ node, clusterArn: cluster.arn, clusterName: cluster.name }]
      : []
  })
  return fitting(all, ({ node }) => [node.name, node.ecs.serviceName], typed)
}

/** `scale web to 5`; without a number, what is wanted next. */
export function scaleSuggestions(topology: Topology, words: readonly string[]): readonly Suggestion[] {
  const [name = '', ...rest] = words
  const number = (rest[0] === 'to' ? rest[1] : rest[0]) ?? ''
  return findServices(topology, name)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ node, clusterArn, clusterName }) => {
      const { arn: serviceArn, desired: seenDesiredCount } = node.ecs
      const id = `scale ${node.id}`
      const now = `${seenDesiredCount} now, in ${clusterName}`
      if (!/^\d{1,6}$/.test(number))
        return { id, text: `scale ${node.name} to `, hint: `how many tasks? ${now}`, action: null }
      const desiredCount = Number(number)
      if (desiredCount > MOST_TASKS)
        return {
          id,
          text: `scale ${node.name} to `,
          hint: `at most ${MOST_TASKS} tasks; ${now}`,
          action: null,
        }
      return {
        id,
        text: `scale ${node.name} to ${desiredCount}`,
        hint: now,
        action: {
          kind: 'change',
          change: 'scale',
          input: { clusterArn, serviceArn, desiredCount, seenDesiredCount },
        },
      }
    })
}

/** `redeploy web` */
export const redeploySuggestions = (topology: Topology, words: readonly string[]): readonly Suggestion[] =>
  findServices(topology, words.join(' '))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ node, clusterArn, clusterName }) => ({
      id: `redeploy ${node.id}`,
      text: `redeploy ${node.name}`,
      hint: `new tasks of ${node.ecs.taskDefinition}, in ${clusterName}`,
      action: { kind: 'change', change: 'redeploy', input: { clusterArn, serviceArn: node.ecs.arn } },
    }))

/** `stop 7f3a`: a task by the start of its id, or by its address. */
export function stopSuggestions(topology: Topology, words: readonly string[]): readonly Suggestion[] {
  const typed = words
    .join(' ')
    .toLowerCase()
    .replace(/^task /, '')
  const clusters = new Map(topology.clusters.map((cluster) => [cluster.id, cluster.arn]))
  return topology.services
    .flatMap((node) =>
      node.instances.flatMap(({ taskArn, taskId, address }): Suggestion[] => {
        const clusterArn = clusters.get(node.cluster ?? '')
        const fits = taskId?.toLowerCase().startsWith(typed) || address === typed
        if (!clusterArn || !taskArn || !taskId || !fits) return []
        return [
          {
            id: `stop ${taskArn}`,
            text: `stop task ${taskId.slice(0, 8)}`,
            hint: [node.name, address].filter(Boolean).join(' · '),
            action: { kind: 'change', change: 'stop-task', input: { clusterArn, taskArn, reason: '' } },
          },
        ]
      }),
    )
    .slice(0, MOST_SUGGESTIONS)
}
