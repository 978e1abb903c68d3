import type { Services } from '../context'
import type { InstanceRecord } from '../state/cloud-map'
import { afterCheck, type Endpoint, endpointOf, noStreak, type Streak } from './endpoint-health'

/** What the checker needs of the world. */
export type CheckerWorld = Pick<Services, 'clock' | 'config' | 'regions'> & {
  readonly probe: (endpoint: Endpoint) => Promise<boolean>
}

/** At once; a thousand instances are not a thousand connections. */
const concurrency = 16

/**
 * Really checks the endpoints of services with a HealthCheckConfig, where Route 53 would: every instance once per
 * interval. Nothing is asked where there is no such service.
 */
export function startEndpointChecker(world: CheckerWorld): { stop(): void } {
  const streaks = new WeakMap<InstanceRecord, Streak>()
  let cancel: () => void = () => {}
  let stopped = false

  const checkAll = async (): Promise<void> => {
    const due = [...dueChecks(world)]
    const work = async () => {
      for (let next = due.pop(); next && !stopped; next = due.pop()) {
        const { service, instance, endpoint, threshold } = next
        const passed = await world.probe(endpoint)
        const after = afterCheck(instance.health, streaks.get(instance) ?? noStreak, passed, threshold)
        streaks.set(instance, after.streak)
        if (after.health === instance.health) continue
        instance.health = after.health
        // Set again, so that the store hears of it; unless it was deregistered or replaced meanwhile.
        if (service.instances.get(instance.id) === instance) service.instances.set(instance.id, instance)
      }
    }
    await Promise.all(Array.from({ length: concurrency }, work))
  }

  const sleep = (): void => {
    if (!stopped)
      cancel = world.clock.after(world.config.endpointCheckIntervalMs, () => void checkAll().finally(sleep))
  }
  sleep()
  return {
    stop() {
      stopped = true
      cancel()
    },
  }
}

function* dueChecks({ regions }: CheckerWorld) {
  for (const { cloudMap } of regions.all()) {
    for (const service of cloudMap.services.values()) {
      const threshold = service.healthCheckConfig?.FailureThreshold ?? 1
      for (const instance of service.healthCheckConfig ? service.instances.values() : []) {
        const endpoint = endpointOf(service, instance)
        if (endpoint) yield { service, instance, endpoint, threshold }
      }
    }
  }
}
