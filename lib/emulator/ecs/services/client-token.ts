import type { CreateServiceRequest } from '@aws-sdk/client-ecs'
import type { Context } from '../../context'
import type { ClusterRecord, EcsState, ServiceRecord } from '../../state/ecs'
import type { ApiError } from '../../wire/api-error'
import { invalidParameter } from '../errors'
import { fingerprint } from '../fingerprint'

const keyOf = (clusterName: string, clientToken: string): string => `${clusterName}/${clientToken}`

export const notIdempotent = (): ApiError => invalidParameter('Creation of service was not idempotent.')

/** Up to 36 printable ASCII characters without blanks (ECS API reference, "CreateService"). */
export function checkToken(clientToken: string | undefined): void {
  if (clientToken !== undefined && !/^[!-~]{0,36}$/.test(clientToken))
    throw invalidParameter('clientToken can have at most 36 characters, all of them printable ASCII.')
}

/**
 * The service that an earlier request with this client token made; undefined when there is none, or none any more. Throws
 * `InvalidParameterException` when that request asked for something else.
 */
export function serviceOfToken(
  { state }: Pick<Context, 'state'>,
  cluster: ClusterRecord,
  input: CreateServiceRequest,
): ServiceRecord | undefined {
  if (!input.clientToken) return undefined
  const before = state.ecs.createTokens.get(keyOf(cluster.name, input.clientToken))
  const service = before && cluster.services.get(before.serviceName)
  if (service?.status !== 'ACTIVE' || service.clientToken !== input.clientToken) return undefined
  if (before?.fingerprint !== fingerprint(input)) throw notIdempotent()
  return service
}

/** Remembers what a request with a client token has made. */
export function keepToken(
  { state }: Pick<Context, 'state'>,
  cluster: ClusterRecord,
  input: CreateServiceRequest,
): void {
  if (!input.clientToken) return
  state.ecs.createTokens.set(keyOf(cluster.name, input.clientToken), {
    fingerprint: fingerprint(input),
    serviceName: input.serviceName ?? '',
  })
}

/** A token is good for as long as its service is there. */
export function forgetToken(ecs: EcsState, { clusterName, clientToken, name }: ServiceRecord): void {
  if (!clientToken) return
  const key = keyOf(clusterName, clientToken)
  if (ecs.createTokens.get(key)?.serviceName === name) ecs.createTokens.delete(key)
}
