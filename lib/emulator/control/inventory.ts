import type { Context } from '../context'
import { isGone } from '../ecs/task-definitions/is-gone'
import type { RegionState } from '../state/region'

/** What somebody made and did not take away again. */
export type LiveCounts = {
  readonly clusters: number
  readonly services: number
  /** Not STOPPED; those being stopped count. */
  readonly tasks: number
  /** ACTIVE revisions. */
  readonly taskDefinitions: number
  readonly capacityProviders: number
  readonly accountSettings: number
  readonly serviceDeployments: number
  readonly serviceRevisions: number
  readonly namespaces: number
  readonly discoveryServices: number
  readonly instances: number
  /** Cloud Map operations that have not ended. */
  readonly operations: number
}

/** What AWS keeps describable after it was deleted, and so does the local cloud. */
export type KeptCounts = {
  readonly inactiveClusters: number
  readonly inactiveServices: number
  readonly stoppedTasks: number
  /** Revisions that were deregistered, or are being deleted. */
  readonly inactiveTaskDefinitions: number
}

/** `GET /_local/inventory`: for tests that say "nothing is left". */
export type Inventory = {
  /** No live record anywhere. */
  readonly empty: boolean
  readonly regions: readonly {
    readonly accountId: string
    readonly region: string
    readonly live: LiveCounts
    readonly kept: KeptCounts
  }[]
}

/** Counts every kind of record, by account and region, in the order in which they were first spoken to. */
export function countInventory(
  world: Pick<Context, 'clock' | 'config'>,
  regions: Iterable<RegionState>,
): Inventory {
  const counted = [...regions].map((state) => {
    const { accountId, region } = state.scope
    return { accountId, region, ...countRegion(world, state) }
  })
  return {
    empty: counted.every(({ live }) => Object.values(live).every((count) => count === 0)),
    regions: counted,
  }
}

function countRegion(
  world: Pick<Context, 'clock' | 'config'>,
  state: RegionState,
): { readonly live: LiveCounts; readonly kept: KeptCounts } {
  const { ecs, cloudMap } = state
  const clusters = [...ecs.clusters.values()]
  const services = clusters.flatMap((cluster) => [...cluster.services.values()])
  const tasks = [...ecs.tasks.values()]
  const revisions = [...ecs.taskDefinitions.values()]
    .flat()
    .filter((record) => !isGone({ ...world, state }, record))
  const discovery = [...cloudMap.services.values()]
  const isActive = ({ status }: { readonly status: string }) => status !== 'INACTIVE'
  const active = {
    clusters: clusters.filter(isActive).length,
    services: services.filter(isActive).length,
    tasks: tasks.filter(({ lastStatus }) => lastStatus !== 'STOPPED').length,
    taskDefinitions: revisions.filter(({ status }) => status === 'ACTIVE').length,
  }
  return {
    live: {
      ...active,
      capacityProviders: ecs.capacityProviders.size,
      accountSettings: ecs.accountSettings.size,
      serviceDeployments: ecs.serviceDeployments.size,
      serviceRevisions: ecs.serviceRevisions.size,
      namespaces: cloudMap.namespaces.size,
      discoveryServices: discovery.length,
      instances: discovery.reduce((sum, { instances }) => sum + instances.size, 0),
      operations: [...cloudMap.operations.values()].filter(
        ({ status }) => status === 'SUBMITTED' || status === 'PENDING',
      ).length,
    },
    kept: {
      inactiveClusters: clusters.length - active.clusters,
      inactiveServices: services.length - active.services,
      stoppedTasks: tasks.length - active.tasks,
      inactiveTaskDefinitions: revisions.length - active.taskDefinitions,
    },
  }
}
