import type {
  GetNamespaceRequest,
  GetNamespaceResponse,
  GetOperationRequest,
  GetOperationResponse,
  ListNamespacesRequest,
  ListNamespacesResponse,
  ListOperationsRequest,
  ListOperationsResponse,
} from '@aws-sdk/client-servicediscovery'
import type { Operation } from '../context'
import { ApiError } from '../wire/api-error'
import type { Wire } from '../wire/wire-type'
import { namespaceFilter, operationFilter, ownsEverything } from './filters'
import { requireNamespace } from './find'
import { pageOf } from './page'
import { showNamespace, showNamespaceSummary, showOperation } from './show'

/** GetNamespace, by id or ARN. */
export const getNamespace: Operation<Wire<GetNamespaceRequest>, Wire<GetNamespaceResponse>> = (
  { state, scope },
  input,
) => ({ Namespace: showNamespace(state.cloudMap, scope, requireNamespace(state.cloudMap, input.Id ?? '')) })

/** ListNamespaces, oldest id first. */
export const listNamespaces: Operation<Wire<ListNamespacesRequest>, Wire<ListNamespacesResponse>> = (
  { state, scope },
  input,
) => {
  const keep = namespaceFilter(input.Filters)
  const { page, NextToken } = pageOf(state.cloudMap.namespaces.values(), ({ id }) => id, input, keep)
  return {
    Namespaces: page.map((namespace) => showNamespaceSummary(state.cloudMap, scope, namespace)),
    NextToken,
  }
}

/** GetOperation: how an asynchronous change is getting on. */
export const getOperation: Operation<Wire<GetOperationRequest>, Wire<GetOperationResponse>> = (
  { state, scope },
  input,
) => {
  const operation = state.cloudMap.operations.get(input.OperationId ?? '')
  if (!operation || !ownsEverything(scope, input.OwnerAccount)) {
    throw new ApiError('OperationNotFound', `Operation ${input.OperationId} does not exist.`)
  }
  return { Operation: showOperation(scope, operation) }
}

/** ListOperations: ids and statuses only. */
export const listOperations: Operation<Wire<ListOperationsRequest>, Wire<ListOperationsResponse>> = (
  { state },
  input,
) => {
  const keep = operationFilter(input.Filters, state.cloudMap)
  const { page, NextToken } = pageOf(state.cloudMap.operations.values(), ({ id }) => id, input, keep)
  return { Operations: page.map(({ id, status }) => ({ Id: id, Status: status })), NextToken }
}
