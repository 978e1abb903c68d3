import 'server-only'
import {
  DiscoverInstancesCommand,
  type HttpInstanceSummary,
  type ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'
import { type Found, type FoundAddress, notFound } from './found'

/** Errors that no other health filter would mend. */
const final = new Set([
  'ServiceNotFound',
  'NamespaceNotFound',
  'RequestLimitExceeded',
  'ThrottlingException',
  'AccessDeniedException',
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
])

const toPort = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : null

const toAddresses = (instance: HttpInstanceSummary): FoundAddress[] => {
  const attributes = instance.Attributes ?? {}
  const shared = {
    port: toPort(attributes.AWS_INSTANCE_PORT),
    health: instance.HealthStatus ?? null,
    instanceId: instance.InstanceId ?? null,
  }
  const address = attributes.AWS_INSTANCE_IPV4 ?? attributes.AWS_INSTANCE_IPV6
  return address === undefined ? [] : [{ address, ...shared }]
}

const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'Error')
const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Whether a smaller question may be answered: the endpoint was reached and said no to this one. */
const mayKnowLess = (error: unknown): boolean =>
  error instanceof Error && '$metadata' in error && !final.has(error.name)

/**
 * Asks Cloud Map's DiscoverInstances, healthy instances first and all of them when none is healthy (fail open, as DNS
 * does). An endpoint that lacks that filter is asked for ALL, and the answer says so.
 *
 * @param namespaceName the namespace's HttpName
 */
export const discover = async (
  client: ServiceDiscoveryClient,
  namespaceName: string,
  serviceName: string,
  signal: AbortSignal,
): Promise<Found> => {
  const ask = async (health: 'HEALTHY_OR_ELSE_ALL' | 'ALL') => {
    const output = await client.send(
      new DiscoverInstancesCommand({
        NamespaceName: namespaceName,
        ServiceName: serviceName,
        HealthStatus: health,
        MaxResults: 1000,
      }),
      { abortSignal: signal },
    )
    return output.Instances ?? []
  }
  const toFound = (
    instances: readonly HttpInstanceSummary[],
    asked: string,
    lacking: string | null,
  ): Found => {
    const addresses = instances.flatMap(toAddresses)
    const without = instances.length - addresses.length
    const other =
      without > 0 ? `${without} registered without an IP address (CNAME, alias or endpoint) left out` : null
    const remark = [lacking, other].filter((part) => part !== null).join('; ')
    return { addresses, failure: null, asked, remark: remark || null, server: null, ttlSeconds: null }
  }

  try {
    return toFound(await ask('HEALTHY_OR_ELSE_ALL'), 'HEALTHY_OR_ELSE_ALL', null)
  } catch (first) {
    signal.throwIfAborted()
    if (!mayKnowLess(first))
      return notFound('HEALTHY_OR_ELSE_ALL', { code: errorName(first), message: errorText(first) })
    try {
      return toFound(
        await ask('ALL'),
        'ALL',
        'this endpoint lacks HEALTHY_OR_ELSE_ALL, so all were asked for',
      )
    } catch (second) {
      signal.throwIfAborted()
      return notFound('ALL', { code: errorName(second), message: errorText(second) })
    }
  }
}
