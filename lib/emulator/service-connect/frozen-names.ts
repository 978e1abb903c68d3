import type { ProxyProtocol, ProxyTimeouts } from './proxy-spec'

/**
 * A name that tasks of a deployment resolve. The set is fixed when the deployment is made (measured on AWS: a replacement task of the
 * same deployment never sees a newer name); the instances behind a name are not.
 */
export type FrozenName = {
  /** `clientAliases[].dnsName`, else `<discoveryName>.<namespace>`. */
  readonly alias: string
  readonly port: number
  readonly discoveryName: string
  readonly endpointId: string
  readonly protocol: ProxyProtocol
  readonly timeouts: ProxyTimeouts
  readonly tls: boolean
}
