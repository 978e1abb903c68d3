import 'server-only'
import { DescribeServicesCommand, DescribeTasksCommand } from '@aws-sdk/client-ecs'
import type { Clients } from '@/lib/target/clients'
import { serviceFromEcs, taskFromEcs } from './from-ecs'
import { list } from './loose'
import type { EcsService, Task } from './model'

/** One service as it is now, read just before a change; null when ECS does not know it. Throws the SDK's error. */
export async function readService(
  clients: Pick<Clients, 'ecs'>,
  clusterArn: string,
  serviceArn: string,
): Promise<EcsService | null> {
  const answer = await clients.ecs.send(
    new DescribeServicesCommand({ cluster: clusterArn, services: [serviceArn] }),
  )
  const raw = list(answer.services)[0]
  return raw ? serviceFromEcs(raw, clusterArn) : null
}

/** One task as it is now; null when ECS does not know it. Throws the SDK's error. */
export async function readTask(
  clients: Pick<Clients, 'ecs'>,
  clusterArn: string,
  taskArn: string,
): Promise<Task | null> {
  const answer = await clients.ecs.send(new DescribeTasksCommand({ cluster: clusterArn, tasks: [taskArn] }))
  const raw = list(answer.tasks)[0]
  return raw ? taskFromEcs(raw, clusterArn) : null
}
