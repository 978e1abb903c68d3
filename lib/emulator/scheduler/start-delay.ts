import type { DeploymentRecord, TaskRecord } from '../state/ecs'

export type DelayTimes = {
  /** The first delay; doubles with every further failure. */
  readonly startDelayMs: number
  readonly startDelayMaxMs: number
}

// A task that ran this many first delays was no hot loop.
const shortRunFactor = 10
const impairedAfter = 3

/** The delay after so many failures in a row: none after 0, then doubling up to the longest. */
export const startDelayOf = (failures: number, { startDelayMs, startDelayMaxMs }: DelayTimes): number =>
  failures <= 0 ? 0 : Math.min(startDelayMs * 2 ** Math.min(failures - 1, 30), startDelayMaxMs)

/** Changes of a deployment after one of its tasks failed, and whether ECS writes its event about it. */
export type FailureOutcome = {
  readonly changes: Pick<
    DeploymentRecord,
    'failedTasks' | 'startFailures' | 'nextStartAtMs' | 'lastFailureAtMs'
  >
  /** "is unable to consistently start tasks successfully" */
  readonly impaired: boolean
}

/**
 * What the end of a task that nobody asked for means for its deployment.
 *
 * A task that never was RUNNING is a failed start: it counts in `failedTasks`, and the next start waits, longer each time
 * (ECS developer guide, "Service throttle logic"). A task that ran is replaced at once and does not count; only when such
 * tasks keep ending shortly after their start do the starts slow down too, from the second on. Tasks that were started
 * together fail together: they count as one failure for the delay.
 */
export function afterFailure(
  deployment: Readonly<DeploymentRecord>,
  task: Readonly<Pick<TaskRecord, 'createdAtMs' | 'startedAtMs'>>,
  nowMs: number,
  times: DelayTimes,
): FailureOutcome {
  const ran = task.startedAtMs !== undefined
  const shortRunMs = times.startDelayMs * shortRunFactor
  const failedTasks = ran ? deployment.failedTasks : deployment.failedTasks + 1
  const unchanged = {
    failedTasks,
    startFailures: deployment.startFailures,
    nextStartAtMs: deployment.nextStartAtMs,
  }
  const ofSameRound = deployment.startFailures > 0 && task.createdAtMs < deployment.nextStartAtMs
  if (ofSameRound) return { changes: { ...unchanged, lastFailureAtMs: nowMs }, impaired: false }
  if (task.startedAtMs !== undefined && nowMs - task.startedAtMs >= shortRunMs)
    return { changes: { ...unchanged, startFailures: 0, lastFailureAtMs: nowMs }, impaired: false }
  const quietSinceMs = Math.max(deployment.nextStartAtMs, deployment.lastFailureAtMs ?? 0)
  const quiet = nowMs - quietSinceMs > shortRunMs
  const startFailures = (quiet ? 0 : deployment.startFailures) + 1
  const delayMs = startDelayOf(ran ? startFailures - 1 : startFailures, times)
  return {
    changes: { failedTasks, startFailures, nextStartAtMs: nowMs + delayMs, lastFailureAtMs: nowMs },
    impaired: !ran && isTold(startFailures),
  }
}

/** At the third failure and then ever more seldom, so that the event list keeps room for others. */
const isTold = (failures: number): boolean => {
  if (failures < impairedAfter) return false
  const rounds = failures / impairedAfter
  return Number.isInteger(Math.log2(rounds))
}

const leastThreshold = 3
const mostThreshold = 200

/** Failed tasks after which a deployment circuit breaker opens: half of desired, at least 3 and at most 200. */
export const breakerThreshold = (desired: number): number =>
  Math.min(Math.max(Math.ceil(desired / 2), leastThreshold), mostThreshold)
