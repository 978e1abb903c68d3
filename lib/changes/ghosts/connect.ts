import type { CommandInputs, WithRefs } from '../../plan/command'
import type { ConnectFacts, ServiceNode } from '../../topology/model'
import { type Draft, madeOr, textOf } from './draft'

type Settings = WithRefs<CommandInputs['ecs:UpdateService']>['serviceConnectConfiguration']

/** What a card will tell of Service Connect; its proxies are those of tasks that do not run yet. */
export function plannedConnect(
  draft: Draft,
  settings: NonNullable<Settings>,
  ports: ServiceNode['ports'],
): ConnectFacts | null {
  if (settings.enabled !== true) return null
  const named = madeOr(draft, settings.namespace)
  const namespace =
    named === null
      ? undefined
      : 'made' in named
        ? draft.namespaces.get(named.made)
        : [...draft.namespaces.values()].find(({ arn, name }) => arn === named.text || name === named.text)
  const services = settings.services ?? []
  return {
    mode: services.length > 0 ? 'client and server' : 'client',
    namespaceArn: namespace?.arn ?? null,
    endpoints: services.map(({ portName, discoveryName, clientAliases, ingressPortOverride }) => {
      const [alias] = clientAliases ?? []
      const name = textOf(portName)
      const discovery = textOf(discoveryName) || name
      return {
        portName: name,
        discoveryName: discovery,
        alias: textOf(alias?.dnsName) || `${discovery}.${namespace?.name ?? ''}`.toLowerCase(),
        port: alias?.port ?? ports.find((port) => port.name === name)?.port ?? 0,
        ingressPort: ingressPortOverride ?? null,
      }
    }),
    proxiesHealthy: 0,
    proxies: 0,
    unknownNames: [],
    missedNames: [],
  }
}
