import type { Scope } from '../scope'
import { type CloudMapState, emptyCloudMap } from './cloud-map'
import { type EcsState, emptyEcs } from './ecs'

/** Everything of one account in one region. */
export type RegionState = {
  readonly scope: Scope
  readonly cloudMap: CloudMapState
  readonly ecs: EcsState
}

/** All accounts and regions that were ever spoken to. */
export type Regions = {
  /** Makes an empty one at first use. */
  of(scope: Scope): RegionState
  all(): Iterable<RegionState>
  clear(): void
}

export function makeRegions(): Regions {
  const regions = new Map<string, RegionState>()
  return {
    of(scope) {
      const key = `${scope.accountId}/${scope.region}`
      let region = regions.get(key)
      if (!region) {
        region = { scope, cloudMap: emptyCloudMap(), ecs: emptyEcs() }
        regions.set(key, region)
      }
      return region
    },
    all: () => regions.values(),
    clear: () => regions.clear(),
  }
}
