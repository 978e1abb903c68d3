import type {
  DeleteNamespaceRequest,
  UpdateHttpNamespaceRequest,
  UpdatePrivateDnsNamespaceRequest,
  UpdatePublicDnsNamespaceRequest,
} from '@aws-sdk/client-servicediscovery'
import type { Context, Operation } from '../context'
import type { NamespaceType } from '../state/cloud-map'
import { ApiError } from '../wire/api-error'
import type { Wire } from '../wire/wire-type'
import { checkCommon, invalidInput } from './check'
import { requireNamespace, servicesOf } from './find'
import { checkSoaTtl } from './namespace-checks'
import { submitOperation } from './submit-operation'

type Started = { OperationId: string }

/** UpdateHttpNamespace: the description is all that can change. */
export const updateHttpNamespace: Operation<Wire<UpdateHttpNamespaceRequest>, Started> = (context, input) =>
  updateNamespace(context, 'HTTP', input, undefined)

/** UpdatePrivateDnsNamespace: description and the SOA's TTL. */
export const updatePrivateDnsNamespace: Operation<Wire<UpdatePrivateDnsNamespaceRequest>, Started> = (
  context,
  input,
) => updateNamespace(context, 'DNS_PRIVATE', input, input.Namespace?.Properties?.DnsProperties?.SOA?.TTL)

/** UpdatePublicDnsNamespace: description and the SOA's TTL. */
export const updatePublicDnsNamespace: Operation<Wire<UpdatePublicDnsNamespaceRequest>, Started> = (
  context,
  input,
) => updateNamespace(context, 'DNS_PUBLIC', input, input.Namespace?.Properties?.DnsProperties?.SOA?.TTL)

function updateNamespace(
  context: Context,
  type: NamespaceType,
  input: Wire<UpdateHttpNamespaceRequest | UpdatePrivateDnsNamespaceRequest>,
  soaTtlSeconds: number | undefined,
): Started {
  const description = input.Namespace?.Description
  checkCommon({ Description: description, UpdaterRequestId: input.UpdaterRequestId })
  checkSoaTtl(soaTtlSeconds)
  const namespace = requireNamespace(context.state.cloudMap, input.Id ?? '')
  if (namespace.type !== type) {
    throw invalidInput(`Namespace ${namespace.id} is of type ${namespace.type}, not ${type}.`)
  }
  return submitOperation(context, {
    action: updateActions[type],
    targets: { NAMESPACE: namespace.id },
    lock: `NAMESPACE ${namespace.id}`,
    requestId: input.UpdaterRequestId,
    change: { type: 'UPDATE_NAMESPACE', namespaceId: namespace.id, description, soaTtlSeconds },
  })
}

const updateActions: Readonly<Record<NamespaceType, string>> = {
  HTTP: 'UpdateHttpNamespace',
  DNS_PRIVATE: 'UpdatePrivateDnsNamespace',
  DNS_PUBLIC: 'UpdatePublicDnsNamespace',
}

/** DeleteNamespace: refused at once while services remain, else done when its operation ends. */
export const deleteNamespace: Operation<Wire<DeleteNamespaceRequest>, Started> = (context, input) => {
  const state = context.state.cloudMap
  const namespace = requireNamespace(state, input.Id ?? '')
  if (!servicesOf(state, namespace.id).next().done) {
    throw new ApiError(
      'ResourceInUse',
      'Namespace has associated services; delete the services before deleting the namespace',
    )
  }
  return submitOperation(context, {
    action: 'DeleteNamespace',
    targets: { NAMESPACE: namespace.id },
    lock: `NAMESPACE ${namespace.id}`,
    change: { type: 'DELETE_NAMESPACE', namespaceId: namespace.id },
  })
}

/** Whether the namespace is about to go: nothing new may be put into it. */
export function isBeingDeleted(context: Context, namespaceId: string): boolean {
  const { running, operations } = context.state.cloudMap
  const operationId = running.get(`NAMESPACE ${namespaceId}`)
  return operationId !== undefined && operations.get(operationId)?.type === 'DELETE_NAMESPACE'
}
