import 'server-only'
import type { PlanClients } from './commands/runner'
import type { PlanStep } from './plan'
import { readFacts } from './read-seen'
import type { Seen, Subject } from './seen'

const textOf = (input: unknown, name: string): string | null => {
  if (typeof input !== 'object' || input === null) return null
  const value: unknown = Reflect.get(input, name)
  return typeof value === 'string' ? value : null
}

/** What a step is about, as far as its input names it without a reference. */
export function subjectOfStep({ command, input }: PlanStep): Subject | null {
  const cluster = textOf(input, 'cluster')
  const service = textOf(input, 'service') ?? textOf(input, 'serviceName')
  const task = textOf(input, 'task')
  switch (command) {
    case 'ecs:CreateCluster':
      return { kind: 'cluster', cluster: textOf(input, 'clusterName') ?? 'default' }
    case 'ecs:DeleteCluster':
      return cluster === null ? null : { kind: 'cluster', cluster }
    case 'ecs:CreateService':
    case 'ecs:UpdateService':
    case 'ecs:DeleteService':
      return cluster === null || service === null ? null : { kind: 'service', cluster, service }
    case 'ecs:StopTask':
      return cluster === null || task === null ? null : { kind: 'task', cluster, task }
    case 'servicediscovery:CreatePrivateDnsNamespace':
    case 'servicediscovery:CreatePublicDnsNamespace':
    case 'servicediscovery:CreateHttpNamespace': {
      const name = textOf(input, 'Name')
      return name === null ? null : { kind: 'namespace', name }
    }
    case 'servicediscovery:CreateService': {
      const namespaceId = textOf(input, 'NamespaceId')
      const name = textOf(input, 'Name')
      return namespaceId === null || name === null ? null : { kind: 'discovery service', namespaceId, name }
    }
    default:
      return null
  }
}

/** What is there now of all that an imported plan touches, so that a run notices when it changes. Throws the SDK's error. */
export async function readSeenOf(clients: PlanClients, steps: readonly PlanStep[]): Promise<readonly Seen[]> {
  const subjects = steps.flatMap((step) => subjectOfStep(step) ?? [])
  return Promise.all(
    subjects.map(async (subject) => ({ subject, facts: await readFacts(clients, { subject, facts: null }) })),
  )
}
