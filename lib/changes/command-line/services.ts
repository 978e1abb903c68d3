import type { EcsFacts, ServiceNode, Topology } from '../../topology/model'
import { MOST_TASKS } from '../inputs/service-shape'
import { fitting, MOST_SUGGESTIONS, rankOf, type Suggestion } from './suggestion'

type EcsNode = ServiceNode & { readonly ecs: EcsFacts }

export type FoundService = {
  readonly node: EcsNode
  readonly clusterArn: string
  readonly clusterName: string
}

const namesOf = ({ name, ecs }: ServiceNode): readonly string[] => [name, ...(ecs ? [ecs.serviceName] : [])]

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
  return fitting(all, ({ node }) => namesOf(node), typed)
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

/** `call web`: whatever stands behind a card, an ECS service or a name alone. */
export const callSuggestions = (topology: Topology, words: readonly string[]): readonly Suggestion[] =>
  fitting(
    topology.services.filter((node) => node.ecs ?? node.discovery ?? node.instances[0]),
    namesOf,
    words.join(' '),
  )
    .slice(0, MOST_SUGGESTIONS)
    .map(({ id, name, discovery, ecs }) => ({
      id: `call ${id}`,
      text: `call ${name}`,
      hint: discovery?.dnsName ?? ecs?.serviceName ?? 'opens the call drawer',
      action: { kind: 'call', id },
    }))

/** What is left of `new revision of web` and the like; the words in front may be typed in part only while nothing follows. */
const nameAfter = (words: readonly string[], lead: RegExp) =>
  words
    .join(' ')
    .replace(lead, '')
    .replace(/^(of|for)\b\s*/i, '')

/** `new revision of web` */
export const revisionSuggestions = (topology: Topology, words: readonly string[]): readonly Suggestion[] =>
  findServices(topology, nameAfter(words, /^(revision\b|r[a-z]{0,7}$)\s*/i))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ node, clusterName }) => ({
      id: `new revision ${node.id}`,
      text: `new revision of ${node.name}`,
      hint: `edits ${node.ecs.taskDefinition}, in ${clusterName}`,
      action: { kind: 'new-revision', id: node.id },
    }))

/** `run web`, `run a task of web` */
export const runSuggestions = (topology: Topology, words: readonly string[]): readonly Suggestion[] =>
  findServices(topology, nameAfter(words, /^((a|one)\b\s*)?(task\b\s*)?/i))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ node, clusterArn, clusterName }) => ({
      id: `run ${node.id}`,
      text: `run a task of ${node.name}`,
      hint: `${node.ecs.taskDefinition} once, in ${clusterName}`,
      action: { kind: 'change', change: 'run-service-task', input: { clusterArn, serviceArn: node.ecs.arn } },
    }))

/** `stop 7f3a`, `stop task of web`: a task by the start of its id, by its address, or all those of a service to choose from. */
export function stopSuggestions(topology: Topology, words: readonly string[]): readonly Suggestion[] {
  const typed = nameAfter(words, /^(a\b\s*)?(task\b\s*)?/i).toLowerCase()
  const clusters = new Map(topology.clusters.map((cluster) => [cluster.id, cluster.arn]))
  return topology.services
    .flatMap((node) => node.instances.map((instance) => ({ node, instance })))
    .flatMap(({ node, instance: { taskArn, taskId, address } }) => {
      const clusterArn = clusters.get(node.cluster ?? '')
      if (!clusterArn || !taskArn || !taskId) return []
      const isIt = typed !== '' && (taskId.toLowerCase().startsWith(typed) || address === typed)
      const rank = isIt ? 0 : Math.min(...namesOf(node).map((name) => rankOf(name, typed)))
      const suggestion: Suggestion = {
        id: `stop ${taskArn}`,
        text: `stop task ${taskId.slice(0, 8)}`,
        hint: [node.name, address].filter(Boolean).join(' · '),
        action: { kind: 'change', change: 'stop-task', input: { clusterArn, taskArn, reason: '' } },
      }
      return rank < 3 ? [{ rank, suggestion }] : []
    })
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ suggestion }) => suggestion)
}
