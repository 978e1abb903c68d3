import {
  DeregisterInstanceCommand,
  GetInstanceCommand,
  GetOperationCommand,
} from '@aws-sdk/client-servicediscovery'
import { answered, commandRunner, errorMember, errorName, foundBy, notThere, unlessGone } from './runner'

const goneNames = ['InstanceNotFound', 'ServiceNotFound']

/** An instance that is gone is what was wanted; one on its way out is followed by its operation. */
export const deregisterInstance = commandRunner('servicediscovery:DeregisterInstance', {
  lookBefore: null,
  async send(clients, input) {
    try {
      const answer = await clients.cloudMap.send(new DeregisterInstanceCommand(input))
      return answered(answer, { operationId: answer.OperationId ?? null })
    } catch (error) {
      if (goneNames.includes(errorName(error))) return answered({ $metadata: {} })
      const operationId =
        errorName(error) === 'DuplicateRequest' ? errorMember(error, 'DuplicateOperationId') : null
      const other = operationId
        ? await clients.cloudMap.send(new GetOperationCommand({ OperationId: operationId }))
        : null
      if (operationId && other?.Operation?.Type === 'DEREGISTER_INSTANCE')
        return answered({ $metadata: {} }, { operationId })
      throw error
    }
  },
  async recognise(clients, { ServiceId, InstanceId }) {
    const answer = await unlessGone(goneNames, () =>
      clients.cloudMap.send(new GetInstanceCommand({ ServiceId, InstanceId })),
    )
    return answer ? notThere : foundBy()
  },
})
