import {
  CreateHttpNamespaceCommand,
  CreatePrivateDnsNamespaceCommand,
  CreatePublicDnsNamespaceCommand,
  DeleteNamespaceCommand,
  GetNamespaceCommand,
  GetOperationCommand,
  ListOperationsCommand,
  type NamespaceType,
  paginateListNamespaces,
} from '@aws-sdk/client-servicediscovery'
import { list, timeOrNull } from '@/lib/inventory/loose'
import type { Answer } from '../run/event'
import {
  answered,
  type Clues,
  commandRunner,
  errorMember,
  errorName,
  foundBy,
  notThere,
  type PlanClients,
  type Recognised,
  unlessGone,
} from './runner'

type Asked = {
  readonly OperationId?: string | undefined
  readonly $metadata: { readonly requestId?: string | undefined }
}

const ofOperation = (answer: Asked): Answer => answered(answer, { operationId: answer.OperationId ?? null })

/** Clocks of AWS and this machine may differ. */
const CLOCK_SKEW_MS = 120_000

/** A namespace with its creator's token; null when it is gone. Throws the SDK's error. */
async function readNamespace(clients: PlanClients, id: string) {
  const answer = await unlessGone(['NamespaceNotFound'], () =>
    clients.cloudMap.send(new GetNamespaceCommand({ Id: id })),
  )
  return answer?.Namespace ?? null
}

/** Ids of all namespaces of a name and type. */
async function namespaceIds(
  clients: PlanClients,
  name: string,
  type: NamespaceType,
): Promise<readonly string[]> {
  const ids: string[] = []
  const pages = paginateListNamespaces(
    { client: clients.cloudMap },
    { Filters: [{ Name: 'TYPE', Values: [type], Condition: 'EQ' }] },
  )
  for await (const page of pages)
    for (const summary of list(page.Namespaces)) if (summary.Name === name && summary.Id) ids.push(summary.Id)
  return ids
}

/** Whether AWS is making a namespace now that may be ours: an operation does not tell its token (Cloud Map API reference, Operation). */
async function isMakingOne(clients: PlanClients, sentAtMs: number): Promise<boolean> {
  for (const status of ['SUBMITTED', 'PENDING'] as const) {
    const answer = await clients.cloudMap.send(
      new ListOperationsCommand({
        Filters: [
          { Name: 'TYPE', Values: ['CREATE_NAMESPACE'], Condition: 'EQ' },
          { Name: 'STATUS', Values: [status], Condition: 'EQ' },
        ],
      }),
    )
    for (const { Id } of list(answer.Operations)) {
      const { Operation: operation } = await clients.cloudMap.send(
        new GetOperationCommand({ OperationId: Id }),
      )
      if ((timeOrNull(operation?.CreateDate) ?? sentAtMs) >= sentAtMs - CLOCK_SKEW_MS) return true
    }
  }
  return false
}

async function recogniseNamespace(
  clients: PlanClients,
  name: string,
  type: NamespaceType,
  { token, sentAtMs }: Clues,
): Promise<Recognised> {
  // Asked before the namespaces are listed: one that is finished in between is then listed.
  const isMaking = await isMakingOne(clients, sentAtMs ?? 0)
  for (const id of await namespaceIds(clients, name, type)) {
    const namespace = await readNamespace(clients, id)
    if (namespace?.CreatorRequestId !== token) continue
    return foundBy({
      outputs: { namespaceId: id, ...(namespace.Arn ? { namespaceArn: namespace.Arn } : {}) },
    })
  }
  return isMaking ? { found: null, waitingFor: `Cloud Map to finish making namespace ${name}` } : notThere
}

/**
 * Asks for a namespace. Asked twice with the same CreatorRequestId, Cloud Map names the operation or the namespace of the first time
 * (Cloud Map API reference, DuplicateRequest and NamespaceAlreadyExists).
 */
async function askFor(clients: PlanClients, token: string, ask: () => Promise<Asked>): Promise<Answer> {
  try {
    return ofOperation(await ask())
  } catch (error) {
    if (errorName(error) === 'NamespaceAlreadyExists' && errorMember(error, 'CreatorRequestId') === token) {
      const namespaceId = errorMember(error, 'NamespaceId')
      const namespace = namespaceId ? await readNamespace(clients, namespaceId) : null
      if (namespaceId && namespace)
        return answered(
          { $metadata: {} },
          { outputs: { namespaceId, ...(namespace.Arn ? { namespaceArn: namespace.Arn } : {}) } },
        )
    }
    const operationId =
      errorName(error) === 'DuplicateRequest' ? errorMember(error, 'DuplicateOperationId') : null
    if (operationId && (await isOperationOf(clients, operationId, token)))
      return answered({ $metadata: {} }, { operationId })
    throw error
  }
}

/** Whether an operation makes the namespace of this token. One that is still under way shows none: its namespace is not there yet. */
async function isOperationOf(clients: PlanClients, operationId: string, token: string): Promise<boolean> {
  const { Operation: operation } = await clients.cloudMap.send(
    new GetOperationCommand({ OperationId: operationId }),
  )
  if (operation?.Type !== 'CREATE_NAMESPACE') return false
  const id = operation.Targets?.NAMESPACE
  const namespace = id ? await readNamespace(clients, id) : null
  return namespace ? namespace.CreatorRequestId === token : operation.Status !== 'FAIL'
}

export const createPrivateDnsNamespace = commandRunner('servicediscovery:CreatePrivateDnsNamespace', {
  lookBefore: null,
  send: (clients, input, { token }) =>
    askFor(clients, token, () =>
      clients.cloudMap.send(new CreatePrivateDnsNamespaceCommand({ ...input, CreatorRequestId: token })),
    ),
  recognise: (clients, input, clues) => recogniseNamespace(clients, input.Name ?? '', 'DNS_PRIVATE', clues),
})

export const createPublicDnsNamespace = commandRunner('servicediscovery:CreatePublicDnsNamespace', {
  lookBefore: null,
  send: (clients, input, { token }) =>
    askFor(clients, token, () =>
      clients.cloudMap.send(new CreatePublicDnsNamespaceCommand({ ...input, CreatorRequestId: token })),
    ),
  recognise: (clients, input, clues) => recogniseNamespace(clients, input.Name ?? '', 'DNS_PUBLIC', clues),
})

export const createHttpNamespace = commandRunner('servicediscovery:CreateHttpNamespace', {
  lookBefore: null,
  send: (clients, input, { token }) =>
    askFor(clients, token, () =>
      clients.cloudMap.send(new CreateHttpNamespaceCommand({ ...input, CreatorRequestId: token })),
    ),
  recognise: (clients, input, clues) => recogniseNamespace(clients, input.Name ?? '', 'HTTP', clues),
})

/** A namespace that is gone is what was wanted; one that is being deleted is followed by its operation. */
export const deleteNamespace = commandRunner('servicediscovery:DeleteNamespace', {
  lookBefore: null,
  async send(clients, input) {
    try {
      return ofOperation(await clients.cloudMap.send(new DeleteNamespaceCommand(input)))
    } catch (error) {
      if (errorName(error) === 'NamespaceNotFound') return answered({ $metadata: {} })
      const operationId =
        errorName(error) === 'DuplicateRequest' ? errorMember(error, 'DuplicateOperationId') : null
      const other = operationId
        ? await clients.cloudMap.send(new GetOperationCommand({ OperationId: operationId }))
        : null
      if (operationId && other?.Operation?.Type === 'DELETE_NAMESPACE')
        return answered({ $metadata: {} }, { operationId })
      throw error
    }
  },
  recognise: async (clients, input) =>
    (await readNamespace(clients, input.Id ?? '')) ? notThere : foundBy(),
})
