import { makeArn } from '../../arn'
import { applyChange } from '../../cloud-map/apply-change'
import { defaultSoaTtlSeconds } from '../../cloud-map/namespace-checks'
import type { Context } from '../../context'
import type { NamespaceRecord } from '../../state/cloud-map'
import { invalidParameter, namespaceNotFound } from '../errors'
import { findNamespace } from './namespace'

/**
 * `serviceConnectDefaults.namespace`: an ARN must exist, a name may be new. Throws `NamespaceNotFoundException` and
 * `InvalidParameterException`.
 */
export function checkDefaultNamespace(context: Context, namespace: string | undefined): void {
  if (!namespace || findNamespace(context, namespace)) return
  if (namespace.startsWith('arn:')) throw namespaceNotFound(namespace)
  if (!/^[!-~]{1,1024}$/.test(namespace))
    throw invalidParameter(
      `Invalid Service Connect namespace '${namespace}': 1 to 1024 printable ASCII characters.`,
    )
}

/** The namespace itself; a name that is new becomes an HTTP namespace (ECS API reference, "ClusterServiceConnectDefaultsRequest"). */
export function requireDefaultNamespace(context: Context, nameOrArn: string): NamespaceRecord {
  const found = findNamespace(context, nameOrArn)
  if (found) return found
  const id = `ns-${context.ids.alphanumeric(16)}`
  applyChange(context, {
    type: 'CREATE_NAMESPACE',
    namespace: {
      id,
      arn: makeArn('servicediscovery', context.scope, `namespace/${id}`),
      name: nameOrArn,
      type: 'HTTP',
      soaTtlSeconds: defaultSoaTtlSeconds,
    },
    tags: new Map([['AmazonECSManaged', 'true']]),
  })
  const made = findNamespace(context, nameOrArn)
  if (!made) throw new Error(`The namespace ${nameOrArn} was not made`)
  return made
}
