import {
  CreateServiceCommand,
  DeleteServiceCommand,
  GetServiceCommand,
  paginateListServices,
  type Service,
} from '@aws-sdk/client-servicediscovery'
import { list } from '@/lib/inventory/loose'
import type { Answer } from '../run/event'
import {
  answered,
  commandRunner,
  errorMember,
  errorName,
  foundBy,
  notThere,
  type PlanClients,
  unlessGone,
} from './runner'

/** A discovery service with its creator's token; null when it is gone. Throws the SDK's error. */
async function readService(clients: PlanClients, id: string): Promise<Service | null> {
  const answer = await unlessGone(['ServiceNotFound'], () =>
    clients.cloudMap.send(new GetServiceCommand({ Id: id })),
  )
  return answer?.Service ?? null
}

const outputsOf = ({ Id, Arn }: Service): Answer['outputs'] => ({
  ...(Id ? { discoveryServiceId: Id } : {}),
  ...(Arn ? { discoveryServiceArn: Arn } : {}),
})

/** Asked twice with the same CreatorRequestId, Cloud Map gives the service or names it in ServiceAlreadyExists. */
export const createDiscoveryService = commandRunner('servicediscovery:CreateService', {
  lookBefore: null,
  async send(clients, input, { token }) {
    try {
      const answer = await clients.cloudMap.send(
        new CreateServiceCommand({ ...input, CreatorRequestId: token }),
      )
      return answered(answer, { outputs: answer.Service ? outputsOf(answer.Service) : {} })
    } catch (error) {
      const id = errorName(error) === 'ServiceAlreadyExists' ? errorMember(error, 'ServiceId') : null
      const service =
        id && errorMember(error, 'CreatorRequestId') === token ? await readService(clients, id) : null
      if (service) return answered({ $metadata: {} }, { outputs: outputsOf(service) })
      throw error
    }
  },
  async recognise(clients, input, { token }) {
    const namespaceId = input.NamespaceId ?? input.DnsConfig?.NamespaceId ?? ''
    const pages = paginateListServices(
      { client: clients.cloudMap },
      { Filters: [{ Name: 'NAMESPACE_ID', Values: [namespaceId], Condition: 'EQ' }] },
    )
    for await (const page of pages)
      for (const { Id, Name } of list(page.Services)) {
        if (Name !== input.Name || !Id) continue
        const service = await readService(clients, Id)
        if (service?.CreatorRequestId === token) return foundBy({ outputs: outputsOf(service) })
      }
    return notThere
  },
})

/** A discovery service that is gone is what was wanted. */
export const deleteDiscoveryService = commandRunner('servicediscovery:DeleteService', {
  lookBefore: null,
  async send(clients, input) {
    const answer = await unlessGone(['ServiceNotFound'], () =>
      clients.cloudMap.send(new DeleteServiceCommand(input)),
    )
    return answer ? answered(answer) : answered({ $metadata: {} })
  },
  recognise: async (clients, input) => ((await readService(clients, input.Id ?? '')) ? notThere : foundBy()),
})
