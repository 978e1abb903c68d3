import { type Network as LocalNetwork, networkOf } from '../../ec2/network'
import type { Scope } from '../../scope'
import type { Network } from './check-network'

// Names under which the default network may be asked for without looking its ids up, as with `vpc-default`.
const subnetAlias = 'subnet-default'
const securityGroupAlias = 'sg-default'

const known = new WeakMap<Scope, LocalNetwork>()

/** The networks of an account and region; their ids are hashes, made once. */
export function networkIn(scope: Scope): LocalNetwork {
  let network = known.get(scope)
  if (!network) {
    network = networkOf(scope)
    known.set(scope, network)
  }
  return network
}

/** What exists in the network that a service names. */
export function localNetwork({ scope }: { readonly scope: Scope }): Network {
  const { subnets, securityGroups } = networkIn(scope).all
  return {
    hasSubnet: (id) => id === subnetAlias || subnets.some((subnet) => subnet.id === id),
    hasSecurityGroup: (id) => id === securityGroupAlias || securityGroups.some((group) => group.id === id),
  }
}
