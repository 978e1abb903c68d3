import type { Task } from '../inventory/model'
import { containerFacts } from './facts'
import { clusterIdOf, clusterNameOf, type Facts, SERVICE_GROUP, taskKey } from './gather'
import { tasksVerdict, type Verdict } from './health'
import { makeServiceId, makeTasksId } from './ids'
import { instancesOfTasks } from './instances'
import type { ServiceNode } from './model'

function tasksNode(
  facts: Facts,
  card: { wanted: string; name: string; clusterArn: string; tasks: readonly Task[]; verdict?: Verdict },
): ServiceNode | null {
  const definitionArn = card.tasks[0]?.taskDefinitionArn ?? ''
  const containers = containerFacts(facts.inventory.taskDefinitions[definitionArn], card.tasks)
  const instances = instancesOfTasks({
    tasks: card.tasks,
    registered: null,
    registrationExpected: false,
    defaultPort: containers.ports[0]?.port ?? null,
    nowMs: facts.inventory.readAtMs,
  })
  if (!card.verdict && instances.length === 0) return null
  return {
    id: facts.claimId(card.wanted),
    name: card.name,
    namespace: null,
    cluster: clusterIdOf(facts, card.clusterArn),
    ...(card.verdict ?? tasksVerdict(instances)),
    ecs: null,
    discovery: null,
    connect: null,
    ...containers,
    instances,
  }
}

const undescribed: Verdict = {
  state: 'off',
  status: 'unknown',
  reasons: ['ECS lists this service, but it could not be described: its counts are unknown.'],
}
const unlisted: Verdict = {
  state: 'off',
  status: 'unknown',
  reasons: ['Its tasks name this service, but services could not be read: its counts are unknown.'],
}
const leaving: Verdict = {
  state: 'busy',
  status: 'draining',
  reasons: ['ECS no longer lists this service; its last tasks are being stopped.'],
}

/** Cards for tasks that belong to no described service: undescribed or draining services, and tasks run on their own. */
export function otherTaskNodes(facts: Facts): ServiceNode[] {
  const { inventory } = facts
  const told = new Set(
    inventory.services.map((service) => taskKey(service.clusterArn, SERVICE_GROUP + service.name)),
  )
  const nodes: ServiceNode[] = []
  const add = (node: ServiceNode | null) => {
    if (node) nodes.push(node)
  }
  for (const { name, clusterArn } of inventory.undescribedServices) {
    const key = taskKey(clusterArn, SERVICE_GROUP + name)
    if (told.has(key)) continue
    told.add(key)
    const wanted = makeServiceId(clusterNameOf(facts, clusterArn), name)
    add(
      tasksNode(facts, { wanted, name, clusterArn, tasks: facts.tasks.get(key) ?? [], verdict: undescribed }),
    )
  }
  for (const [key, tasks] of facts.tasks) {
    const first = tasks[0]
    if (!first || told.has(key)) continue
    const { clusterArn, group } = first
    const clusterName = clusterNameOf(facts, clusterArn)
    if (!group.startsWith(SERVICE_GROUP)) {
      const name = group.startsWith('family:') ? group.slice('family:'.length) : group || 'tasks'
      add(tasksNode(facts, { wanted: makeTasksId(clusterName, group), name, clusterArn, tasks }))
      continue
    }
    const name = group.slice(SERVICE_GROUP.length)
    const wanted = makeServiceId(clusterName, name)
    if (facts.clusters.get(clusterArn)?.servicesRead === false)
      add(tasksNode(facts, { wanted, name, clusterArn, tasks, verdict: unlisted }))
    else if (tasks.some((task) => task.lastStatus !== 'STOPPED'))
      add(tasksNode(facts, { wanted, name, clusterArn, tasks, verdict: leaving }))
  }
  return nodes
}
