import type { EcsService } from '../../inventory/model'
import type { World } from '../world'
import { nodeOfService } from './clients'
import { cardName, connectNamespaceOf } from './known'

/** Somebody who resolves a DNS name still, and why, as a sentence. */
export type Resolver = { readonly name: string; readonly why: string }

/**
 * Known callers that would have no address left without the DNS name: those outside Service Connect's namespace, those deployed before the
 * alias was there, and what is no ECS service. What no map shows is not among them.
 */
export function resolversOf(
  service: EcsService,
  dnsName: string,
  namespaceId: string,
  { world }: { readonly world: World },
): readonly Resolver[] {
  const { topology, inventory } = world
  const node = nodeOfService(world, service)
  if (!node) return []
  const sources = topology.edges
    .filter(
      (edge) =>
        edge.target === node.id &&
        edge.evidence.some(
          (one) =>
            (one.kind === 'declared' && (one.host === dnsName || one.host.endsWith(`.${dnsName}`))) ||
            (one.kind === 'alias' && one.alias === dnsName),
        ),
    )
    .map(({ source }) => source)
  return [...new Set(sources)].flatMap((id): Resolver[] => {
    const caller = topology.services.find((one) => one.id === id)
    if (!caller || id === node.id) return []
    const ecs = inventory.services.find(({ arn }) => arn === caller.ecs?.arn)
    if (!ecs)
      return [{ name: caller.name, why: `${caller.name} resolves ${dnsName} by DNS and is no ECS service.` }]
    const name = cardName(world, ecs)
    if (connectNamespaceOf(world, ecs)?.id !== namespaceId)
      return [
        { name, why: `${name} resolves ${dnsName} by DNS: it is not in this Service Connect namespace.` },
      ]
    if (caller.connect?.unknownNames.includes(dnsName))
      return [{ name, why: `${name} was deployed before the alias existed and resolves ${dnsName} by DNS.` }]
    const old = ecs.deployments.find(({ status, running }) => status !== 'PRIMARY' && running > 0)
    return old
      ? [{ name, why: `Tasks of an older deployment of ${name} run still and resolve ${dnsName} by DNS.` }]
      : []
  })
}
