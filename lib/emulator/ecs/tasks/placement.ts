import type { NetworkConfiguration } from '@aws-sdk/client-ecs'
import type { Scope } from '../../scope'

/** Where one task stands. Locally that is a label only, but callers see it spread as on AWS. */
export type Placement = { readonly subnetId: string; readonly availabilityZone: string }

const zoneLetters = ['a', 'b', 'c'] as const
const defaultSubnetId = 'subnet-default'

/** Spreads tasks over the subnets of a network configuration, or over three zones when it has none. */
export function placeTask(
  scope: Scope,
  network: NetworkConfiguration | undefined,
  taskNumber: number,
): Placement {
  const subnets = network?.awsvpcConfiguration?.subnets ?? []
  const zones = Math.min(subnets.length || zoneLetters.length, zoneLetters.length)
  return {
    subnetId: subnets[taskNumber % subnets.length] ?? defaultSubnetId,
    availabilityZone: `${scope.region}${zoneLetters[taskNumber % zones] ?? 'a'}`,
  }
}
