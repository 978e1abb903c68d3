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

const emptyRegion = (scope: Scope): RegionState => ({ scope, cloudMap: emptyCloudMap(), ecs: emptyEcs() })

/** `makeRegion` makes the state of a region that was never spoken to, for example one that is stored. */
export function makeRegions(makeRegion: (scope: Scope) => RegionState = emptyRegion): Regions {
  const regions = new Map<string, RegionState>()
  return {
    of(scope) {
      const key = `${scope.accountId}/${scope.region}`
      let region = regions.get(key)
      if (!region) {
        region = makeRegion(scope)
        regions.set(key, region)
      }
      return region
    },
    all: () => regions.values(),
    clear: () => regions.clear(),
  }
}
