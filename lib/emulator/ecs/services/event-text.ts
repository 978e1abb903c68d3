/** Wording of service events, as ECS writes them. Task ids are the 32 hex digits. */
const taskList = (taskIds: readonly string[]): string => taskIds.map((id) => `(task ${id})`).join(' ')

/** Some tasks were started, the last `replaced` of them in place of unhealthy ones. */
export const startedText = (service: string, taskIds: readonly string[], replaced: number): string => {
  const started = `(service ${service}) has started ${taskIds.length} tasks: ${taskList(taskIds)}.`
  return replaced > 0
    ? `${started} Amazon ECS replaced ${replaced} tasks due to an unhealthy status.`
    : started
}

export const stoppedText = (service: string, taskIds: readonly string[]): string =>
  `(service ${service}) has stopped ${taskIds.length} running tasks: ${taskList(taskIds)}.`

export const drainingText = (service: string, deploymentId: string, count: number): string =>
  `(service ${service}, taskSet ${deploymentId}) has begun draining connections on ${count} tasks.`

export const unhealthyText = (service: string, taskId: string): string =>
  `(service ${service}) (task ${taskId}) failed container health checks.`

export const steadyText = (service: string): string => `(service ${service}) has reached a steady state.`

export const completedText = (service: string, deploymentId: string): string =>
  `(service ${service}) (deployment ${deploymentId}) deployment completed.`

export const failedText = (service: string, deploymentId: string): string =>
  `(service ${service}) (deployment ${deploymentId}) deployment failed: tasks failed to start.`

export const rollingBackText = (service: string, deploymentId: string): string =>
  `(service ${service}) rolling back to deployment ${deploymentId}.`

export const impairedText = (service: string): string =>
  `(service ${service}) is unable to consistently start tasks successfully.`

export const deadlockText = (service: string): string =>
  `(service ${service}) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.`

export const unplacedText = (service: string): string =>
  `(service ${service}) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.`

/** Something that only the local cloud has to say. */
export const remarkText = (service: string, remark: string): string =>
  `(service ${service}) local cloud: ${remark}`
