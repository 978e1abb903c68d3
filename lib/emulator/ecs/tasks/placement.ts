import type { NetworkConfiguration } from '@aws-sdk/client-ecs'
import type { Scope } from '../../scope'
import { networkIn } from '../network/local-network'

/** Where one task stands. Locally that is a label only, but callers see it spread as on AWS. */
export type Placement = { readonly subnetId: string; readonly availabilityZone: string }

/**
 * Spreads tasks over the subnets of a network configuration, each in its zone. An unknown subnet stands in the zones by
 * turns; without any, the task stands in the subnets of the local network by turns.
 */
export function placeTask(
  scope: Scope,
  network: NetworkConfiguration | undefined,
  taskNumber: number,
): Placement {
  const { subnets, all } = networkIn(scope)
  const wanted = network?.awsvpcConfiguration?.subnets ?? []
  const subnetId = wanted[taskNumber % wanted.length]
  const subnet = all.subnets.find(({ id }) => id === subnetId) ?? subnets[taskNumber % subnets.length]
  return {
    subnetId: subnetId ?? subnet?.id ?? '',
    availabilityZone: subnet?.zone ?? `${scope.region}a`,
  }
}
