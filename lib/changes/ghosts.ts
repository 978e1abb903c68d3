import type { Plan, PlanStep } from '../plan/plan'
import type { Topology } from '../topology/model'
import {
  alterService,
  removeCluster,
  removeDiscoveryService,
  removeInstance,
  removeNamespace,
  removeService,
} from './ghosts/altered'
import { retellCalls } from './ghosts/calls'
import { type Draft, definitionOf, type Mark, startDraft, textOf } from './ghosts/draft'
import { addCluster, addDiscoveryService, addNamespace, addService, addTask } from './ghosts/made'

export type { Mark } from './ghosts/draft'

export type PlannedTopology = {
  /** The map with what the plan makes; what it deletes is still in it, marked. */
  readonly topology: Topology
  /** By the id of a namespace, cluster, card, instance or line. What is not in it stays as it is. */
  readonly marks: Readonly<Record<string, Mark>>
  /** The ids marked `new`. */
  readonly ghosts: ReadonlySet<string>
}

function lay(draft: Draft, step: PlanStep): void {
  switch (step.command) {
    case 'servicediscovery:CreatePrivateDnsNamespace':
      addNamespace(draft, step.id, 'DNS_PRIVATE', textOf(step.input.Name))
      break
    case 'servicediscovery:CreatePublicDnsNamespace':
      addNamespace(draft, step.id, 'DNS_PUBLIC', textOf(step.input.Name))
      break
    case 'servicediscovery:CreateHttpNamespace':
      addNamespace(draft, step.id, 'HTTP', textOf(step.input.Name))
      break
    case 'servicediscovery:CreateService':
      addDiscoveryService(draft, step.id, step.input)
      break
    case 'servicediscovery:DeleteService':
      removeDiscoveryService(draft, step.input.Id)
      break
    case 'servicediscovery:DeleteNamespace':
      removeNamespace(draft, step.input.Id)
      break
    case 'servicediscovery:DeregisterInstance': {
      const { ServiceId, InstanceId } = step.input
      removeInstance(
        draft,
        (instance, node) =>
          node.discovery?.serviceId === ServiceId &&
          (instance.taskId === InstanceId || instance.id.endsWith(`/${textOf(InstanceId)}`)),
      )
      break
    }
    case 'ecs:CreateCluster':
      addCluster(draft, step.id, textOf(step.input.clusterName, 'default'))
      break
    case 'ecs:DeleteCluster':
      removeCluster(draft, step.input.cluster)
      break
    case 'ecs:RegisterTaskDefinition':
      draft.definitions.set(step.id, definitionOf(step.id, step.input))
      draft.made.set(step.id, step.id)
      break
    case 'ecs:CreateService':
      addService(draft, step.id, step.input)
      break
    case 'ecs:UpdateService':
      alterService(draft, step.input)
      break
    case 'ecs:DeleteService':
      removeService(draft, step.input)
      break
    case 'ecs:RunTask':
      addTask(draft, step.id, step.input)
      break
    case 'ecs:StopTask': {
      const { task } = step.input
      removeInstance(draft, (instance) => instance.taskArn === task)
      break
    }
    // The map shows no revisions.
    case 'ecs:DeregisterTaskDefinition':
    case 'ecs:DeleteTaskDefinitions':
      break
  }
}

const byId = <T extends { readonly id: string }>(items: Iterable<T>): readonly T[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

/** The map as it will be when the plan has run, with what is new, changed and gone. Pure and total; runs in the browser. */
export function previewTopology(topology: Topology, plan: Plan): PlannedTopology {
  const draft = startDraft(topology)
  for (const step of plan.steps) lay(draft, step)
  retellCalls(draft)
  return {
    topology: {
      ...topology,
      namespaces: byId(draft.namespaces.values()),
      clusters: byId(draft.clusters.values()),
      services: byId(draft.services.values()),
      edges: byId(draft.edges.values()),
    },
    marks: Object.fromEntries(draft.marks),
    ghosts: new Set([...draft.marks].flatMap(([id, mark]) => (mark === 'new' ? [id] : []))),
  }
}
