import type { DeploymentRecord, RevisionCounts, ServiceRecord } from '../../state/ecs'
import { isPending } from '../tasks/task-status'

/** Tasks of one deployment that run, and that are on their way. */
export type TaskCounts = { running: number; pending: number }

/** The same for every deployment of a service, by its id. */
export function countByDeployment({ tasks }: Pick<ServiceRecord, 'tasks'>): Map<string, TaskCounts> {
  const counts = new Map<string, TaskCounts>()
  for (const task of tasks.values()) {
    const id = task.deploymentId ?? ''
    let count = counts.get(id)
    if (!count) {
      count = { running: 0, pending: 0 }
      counts.set(id, count)
    }
    if (task.lastStatus === 'RUNNING') count.running++
    else if (isPending(task)) count.pending++
  }
  return counts
}

/** What a deployment wants: what is being replaced wants no more than what is left of it. */
export const wantedBy = (
  { status }: Pick<DeploymentRecord, 'status'>,
  { running, pending }: Readonly<TaskCounts>,
  desiredCount: number,
): number => (status === 'PRIMARY' ? desiredCount : Math.min(desiredCount, running + pending))

/** The service revisions that are deployed now, newest first, with their tasks. */
export function countRevisions(service: ServiceRecord): RevisionCounts[] {
  const counts = countByDeployment(service)
  return service.deployments.map((deployment) => {
    const { running, pending } = counts.get(deployment.id) ?? { running: 0, pending: 0 }
    const requested = wantedBy(deployment, { running, pending }, service.desiredCount)
    return { arn: deployment.revisionArn, requested, running, pending }
  })
}
