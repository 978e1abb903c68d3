import type { HealthCheckConfig } from '@aws-sdk/client-servicediscovery'
import type { DiscoveryServiceRecord, InstanceRecord } from '../state/cloud-map'

/** What a HealthCheckConfig looks at. */
export type Endpoint = {
  readonly type: NonNullable<HealthCheckConfig['Type']>
  readonly address: string
  readonly port: number
  readonly path: string
}

/** Results in a row that contradict what is said of an instance. */
export type Streak = { readonly contrary: number }

export const noStreak: Streak = { contrary: 0 }

/**
 * What one more check changes: an instance changes its status after FailureThreshold results in a row that contradict
 * it, in either direction (Cloud Map API reference, "HealthCheckConfig").
 */
export function afterCheck(
  health: InstanceRecord['health'],
  streak: Streak,
  passed: boolean,
  threshold: number,
): { readonly health: InstanceRecord['health']; readonly streak: Streak } {
  if (passed === (health !== 'UNHEALTHY'))
    return { health: passed ? 'HEALTHY' : 'UNHEALTHY', streak: noStreak }
  const contrary = streak.contrary + 1
  if (contrary < threshold) return { health, streak: { contrary } }
  return { health: passed ? 'HEALTHY' : 'UNHEALTHY', streak: noStreak }
}

/**
 * The endpoint that the service's check means for an instance; undefined without a check, or when the address is not
 * loopback: the local cloud sends requests to nobody but this machine.
 */
export function endpointOf(
  service: Pick<DiscoveryServiceRecord, 'healthCheckConfig'>,
  instance: Pick<InstanceRecord, 'attributes'>,
): Endpoint | undefined {
  const { healthCheckConfig: config } = service
  const { AWS_INSTANCE_IPV4: address = '', AWS_INSTANCE_PORT: port = '' } = instance.attributes
  if (!config?.Type || !/^127\.\d+\.\d+\.\d+$/.test(address) || !/^\d{1,5}$/.test(port)) return undefined
  const path = config.ResourcePath ?? '/'
  return { type: config.Type, address, port: Number(port), path: path.startsWith('/') ? path : `/${path}` }
}
