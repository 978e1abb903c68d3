import { CreateClusterCommand, DeleteClusterCommand, DescribeClustersCommand } from '@aws-sdk/client-ecs'
import { clusterFromEcs } from '@/lib/inventory/from-ecs'
import { list } from '@/lib/inventory/loose'
import type { Cluster } from '@/lib/inventory/model'
import { answered, commandRunner, foundBy, notThere, type PlanClients, unlessGone } from './runner'

/** ECS takes `default` when no cluster is named (ECS API reference, CreateCluster). */
const nameOf = (name: string | undefined) => name ?? 'default'

/** The cluster as it is now; null when it is not there or INACTIVE. Throws the SDK's error. */
export async function readCluster(clients: PlanClients, name: string): Promise<Cluster | null> {
  const answer = await unlessGone(['ClusterNotFoundException'], () =>
    clients.ecs.send(new DescribeClustersCommand({ clusters: [name] })),
  )
  const raw = list(answer?.clusters)[0]
  const cluster = raw ? clusterFromEcs(raw) : null
  return cluster && cluster.status !== 'INACTIVE' ? cluster : null
}

/** CreateCluster knows no token; asked again for an ACTIVE name it gives that cluster back (ECS API reference). */
export const createCluster = commandRunner('ecs:CreateCluster', {
  lookBefore: async (clients, input) => ({
    there: (await readCluster(clients, nameOf(input.clusterName))) !== null,
  }),
  async send(clients, input, { before }) {
    const answer = await clients.ecs.send(new CreateClusterCommand(input))
    const clusterArn = answer.cluster?.clusterArn
    return answered(answer, { outputs: clusterArn ? { clusterArn } : {}, made: before?.there !== true })
  },
  async recognise(clients, input, { before }) {
    const cluster = await readCluster(clients, nameOf(input.clusterName))
    return cluster
      ? foundBy({ outputs: { clusterArn: cluster.arn }, made: before?.there !== true })
      : notThere
  },
})

/** A cluster that is gone already is what was wanted. */
export const deleteCluster = commandRunner('ecs:DeleteCluster', {
  lookBefore: null,
  async send(clients, input) {
    const answer = await unlessGone(['ClusterNotFoundException'], () =>
      clients.ecs.send(new DeleteClusterCommand(input)),
    )
    return answer ? answered(answer) : answered({ $metadata: {} })
  },
  recognise: async (clients, input) =>
    (await readCluster(clients, nameOf(input.cluster))) ? notThere : foundBy(),
})
