import type { Context } from '../context'
import type { CloudMapState, OperationChange } from '../state/cloud-map'
import { findOverlap } from './namespace-checks'
import { deregisterInstance, registerInstance } from './registry'

/** Why an accepted operation failed in the end: one of the ErrorCodes of the API's `Operation`. */
export type OperationFailure = { readonly code: string; readonly message: string }

type Change<Type extends OperationChange['type']> = Extract<OperationChange, { type: Type }>

/**
 * Makes the whole change of an operation at once, or says why it cannot be made and changes nothing. Throws when what it
 * changes is gone, which its lock prevents.
 */
export function applyChange(context: Context, change: OperationChange): OperationFailure | undefined {
  const state = context.state.cloudMap
  switch (change.type) {
    case 'CREATE_NAMESPACE':
      return createNamespace(context, change)
    case 'UPDATE_NAMESPACE': {
      const namespace = present(state.namespaces, change.namespaceId)
      if (change.description !== undefined) namespace.description = change.description
      if (change.soaTtlSeconds !== undefined) namespace.soaTtlSeconds = change.soaTtlSeconds
      return undefined
    }
    case 'DELETE_NAMESPACE': {
      const namespace = present(state.namespaces, change.namespaceId)
      state.namespaces.delete(namespace.id)
      state.tags.delete(namespace.arn)
      return undefined
    }
    case 'UPDATE_SERVICE':
      return updateService(state, change)
    case 'REGISTER_INSTANCE': {
      const { serviceId, instanceId, attributes, creatorRequestId } = change
      registerInstance(context, serviceId, {
        instanceId,
        attributes,
        health: attributes.AWS_INIT_HEALTH_STATUS === 'UNHEALTHY' ? 'UNHEALTHY' : 'HEALTHY',
        ...(creatorRequestId === undefined ? {} : { creatorRequestId }),
      })
      return undefined
    }
    case 'DEREGISTER_INSTANCE':
      deregisterInstance(context, change.serviceId, change.instanceId)
      return undefined
  }
}

function present<T>(records: ReadonlyMap<string, T>, id: string): T {
  const record = records.get(id)
  if (!record) throw new Error(`${id} does not exist any more`)
  return record
}

function createNamespace(
  { state: { cloudMap: state }, scope, clock }: Context,
  { namespace, tags }: Change<'CREATE_NAMESPACE'>,
): OperationFailure | undefined {
  const { id, name, vpcId } = namespace
  // Looked at now and not when asked: two overlapping zones may have been asked for at once.
  const overlap = vpcId ? findOverlap(state.namespaces.values(), name, vpcId) : undefined
  if (overlap) {
    return {
      code: 'CANNOT_CREATE_HOSTED_ZONE',
      message:
        `The VPC that you chose, ${vpcId} in region ${scope.region}, is already associated with another ` +
        `private hosted zone that has an overlapping name space, ${overlap.name}.`,
    }
  }
  const httpName = freeHttpName(state, name, id)
  state.namespaces.set(id, { ...namespace, httpName, createdAtMs: clock.now() })
  if (tags.size > 0) state.tags.set(namespace.arn, new Map(tags))
  return undefined
}

/** DiscoverInstances finds a namespace by this name, so a second namespace of one name gets a suffix. */
function freeHttpName(state: CloudMapState, name: string, id: string): string {
  for (const existing of state.namespaces.values()) {
    if (existing.httpName === name) return `${name}-${id.slice(-8)}`
  }
  return name
}

function updateService(state: CloudMapState, change: Change<'UPDATE_SERVICE'>): undefined {
  const service = present(state.services, change.serviceId)
  if (change.description !== undefined) service.description = change.description
  service.dnsRecords = [...change.dnsRecords]
  const had = service.healthCheckConfig !== undefined
  const has = change.healthCheckConfig !== undefined
  service.healthCheckConfig = change.healthCheckConfig
  if (had === has || service.healthCheckCustom) return undefined
  // A check that comes or goes changes what is known of every instance. Set again, so that the store hears of it.
  for (const instance of [...service.instances.values()]) {
    instance.health = has ? 'HEALTHY' : 'UNKNOWN'
    service.instances.set(instance.id, instance)
  }
  return undefined
}
