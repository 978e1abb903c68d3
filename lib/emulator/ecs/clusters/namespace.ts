import type { Context } from '../../context'
import type { NamespaceRecord } from '../../state/cloud-map'

/** The Cloud Map namespace that ECS means by a name or an ARN; undefined when there is none. */
export function findNamespace({ state }: Context, nameOrArn: string): NamespaceRecord | undefined {
  const { namespaces } = state.cloudMap
  if (nameOrArn.startsWith('arn:')) {
    const found = namespaces.get(nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1))
    return found?.arn === nameOrArn ? found : undefined
  }
  for (const namespace of namespaces.values()) if (namespace.name === nameOrArn) return namespace
  return undefined
}
