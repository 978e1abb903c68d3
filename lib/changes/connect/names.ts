import type { ConnectEndpoint } from '../inputs/service-connect'
import type { ConnectName } from './known'

/** The name under which a namespace lists an endpoint. */
export const discoveryNameOf = ({
  discoveryName,
  portName,
}: Pick<ConnectEndpoint, 'discoveryName' | 'portName'>) => discoveryName || portName

/** What clients will call an endpoint. */
export const nameOfEndpoint = (endpoint: ConnectEndpoint, namespaceName: string): ConnectName => ({
  // An alias has lower case only (ECS API reference, ServiceConnectClientAlias); a namespace may have more.
  alias: endpoint.aliasDnsName || `${discoveryNameOf(endpoint)}.${namespaceName}`.toLowerCase(),
  port: endpoint.aliasPort,
  discoveryName: discoveryNameOf(endpoint),
})

const keyOf = ({ alias, port }: ConnectName) => `${alias}:${port}`

/** Those of `names` that `others` do not have. */
export function withoutNames(
  names: readonly ConnectName[],
  others: readonly ConnectName[],
): readonly ConnectName[] {
  const known = new Set(others.map(keyOf))
  return names.filter((name) => !known.has(keyOf(name)))
}
