import type { Command } from './command'
import type { Subject } from './seen'

const textOf = (input: unknown, name: string): string | null => {
  if (typeof input !== 'object' || input === null) return null
  const value: unknown = Reflect.get(input, name)
  return typeof value === 'string' ? value : null
}

type StepInput = { readonly command: Command; readonly input: unknown }

/** What a step is about, as far as its input names it without a reference. */
export function subjectOfStep({ command, input }: StepInput): Subject | null {
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
