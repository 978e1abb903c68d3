import type { Context } from '../context'
import { tellProxies } from '../service-connect/instances'
import type { DiscoveryServiceRecord, InstanceRecord } from '../state/cloud-map'
import type { RegionState } from '../state/region'
import { findService } from './find'

/** What a task or a caller registers. `attributes` hold Cloud Map's reserved `AWS_…` keys among the caller's own. */
export type Registration = {
  readonly instanceId: string
  readonly attributes: Readonly<Record<string, string>>
  /** The first status; counts only for services with custom health. */
  readonly health: 'HEALTHY' | 'UNHEALTHY'
  readonly creatorRequestId?: string
}

type RegistryContext = Pick<Context, 'state' | 'clock' | 'config' | 'runtime'>

/** The discovery service with this ARN (or id), in the account and region of `state`. */
export const findServiceByArn = (state: RegionState, arn: string): DiscoveryServiceRecord | undefined =>
  findService(state.cloudMap, arn)

/**
 * Adds or updates an instance at once and moves the service's revision. An instance that is already there keeps its
 * health. Returns false when the service does not exist.
 */
export function registerInstance(
  context: RegistryContext,
  serviceId: string,
  registration: Registration,
): boolean {
  const service = findService(context.state.cloudMap, serviceId)
  if (!service) return false
  const before = service.instances.get(registration.instanceId)
  const instance: InstanceRecord = {
    id: registration.instanceId,
    attributes: registration.attributes,
    creatorRequestId: registration.creatorRequestId,
    health: before?.health ?? firstHealth(service, registration.health),
    pendingHealth: before?.pendingHealth,
  }
  service.instances.set(instance.id, instance)
  service.revision += 1
  tellProxies(context, service)
  return true
}

/** Removes an instance at once and moves the revision. Returns false when there was none. */
export function deregisterInstance(context: RegistryContext, serviceId: string, instanceId: string): boolean {
  const service = findService(context.state.cloudMap, serviceId)
  const instance = service?.instances.get(instanceId)
  if (!service || !instance) return false
  instance.pendingHealth?.cancel()
  service.instances.delete(instanceId)
  service.revision += 1
  tellProxies(context, service)
  return true
}

/**
 * Tells the health of an instance of a service with custom health. It is in force after `customHealthDelayMs`;
 * telling it again meanwhile does not hurry it, telling the contrary cancels it (Cloud Map API reference,
 * "HealthCheckCustomConfig"). Returns false when there is no such instance or the service has no custom health.
 */
export function setCustomHealth(
  { state, clock, config }: RegistryContext,
  serviceId: string,
  instanceId: string,
  status: 'HEALTHY' | 'UNHEALTHY',
): boolean {
  const service = findService(state.cloudMap, serviceId)
  const found = service?.instances.get(instanceId)
  if (!service?.healthCheckCustom || !found) return false

  if (found.pendingHealth) {
    if (found.pendingHealth.status === status) return true
    found.pendingHealth.cancel()
    found.pendingHealth = undefined
  }
  if (found.health === status) return true

  const cancel = clock.after(config.customHealthDelayMs, () => {
    // A registration meanwhile has replaced the record, not the waiting status.
    const instance = service.instances.get(instanceId)
    if (!instance) return
    instance.health = status
    instance.pendingHealth = undefined
  })
  found.pendingHealth = { status, cancel }
  return true
}

/** Without any health check Cloud Map says UNKNOWN; Route 53 takes a fresh endpoint for healthy until it has checked. */
const firstHealth = (
  service: DiscoveryServiceRecord,
  told: 'HEALTHY' | 'UNHEALTHY',
): InstanceRecord['health'] => {
  if (service.healthCheckCustom) return told
  return service.healthCheckConfig ? 'HEALTHY' : 'UNKNOWN'
}
