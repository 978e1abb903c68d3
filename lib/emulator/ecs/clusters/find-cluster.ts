import type { Context } from '../../context'
import type { ClusterRecord } from '../../state/ecs'
import { effectiveSetting } from '../account-settings/settings'
import { makeClusterArn, makeRootArn } from '../arns'
import { clusterInactive, clusterNotFound } from '../errors'
import { readIdentifier } from '../identifiers'

/** What is meant when a request names no cluster. */
export const defaultClusterName = 'default'

/** The cluster a request names by name or ARN, of any status; undefined when there is none. */
export function findCluster({ state, scope }: Context, cluster?: string): ClusterRecord | undefined {
  const { name, here } = readIdentifier(cluster ?? defaultClusterName, 'cluster', scope)
  return here ? state.ecs.clusters.get(name) : undefined
}

/** The ACTIVE cluster a request names; throws `ClusterNotFoundException`. */
export function requireCluster(context: Context, cluster?: string): ClusterRecord {
  const found = findCluster(context, cluster)
  if (!found) throw clusterNotFound()
  if (found.status !== 'ACTIVE') throw clusterInactive()
  return found
}

/**
 * Like `requireCluster`, but the local cloud makes the cluster `default` at its first use and says so: many walk-throughs
 * count on the one that the ECS console makes. With `config.strict` it must exist.
 */
export function requireClusterForTasks(context: Context, cluster?: string): ClusterRecord {
  const { name, here } = readIdentifier(cluster ?? defaultClusterName, 'cluster', context.scope)
  const missing = here && name === defaultClusterName && !context.state.ecs.clusters.has(name)
  if (!missing || context.config.strict) return requireCluster(context, cluster)
  context.log(
    'warn',
    'Made the cluster default at its first use; AWS would say ClusterNotFoundException: Cluster not found.',
  )
  return addCluster(context, name)
}

/** Adds an empty ACTIVE cluster. */
export function addCluster(context: Context, name: string): ClusterRecord {
  const { state, scope, clock } = context
  const { value } = effectiveSetting(context, makeRootArn(scope), 'containerInsights')
  const cluster: ClusterRecord = {
    name,
    arn: makeClusterArn(scope, name),
    status: 'ACTIVE',
    settings: [{ name: 'containerInsights', value }],
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
    createdAtMs: clock.now(),
    services: new Map(),
    tasks: new Map(),
    live: new Map(),
  }
  state.ecs.clusters.set(name, cluster)
  return cluster
}
