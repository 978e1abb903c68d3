import type { ContainerValues } from './task-values'

type Check = Pick<
  ContainerValues['healthCheck'],
  'intervalSeconds' | 'timeoutSeconds' | 'retries' | 'startPeriodSeconds'
>

/**
 * After how many seconds a container that stops answering is unhealthy, at the least and at the most. Each try begins `interval` after the
 * one before has ended, and one that gets no answer lasts `timeout`.
 */
export function unhealthyAfter(check: Check): { readonly least: number; readonly most: number } | null {
  const { intervalSeconds, timeoutSeconds, retries } = check
  if (intervalSeconds === null || timeoutSeconds === null || retries === null || retries < 1) return null
  return {
    least: intervalSeconds * (retries - 1),
    most: (intervalSeconds + timeoutSeconds) * retries,
  }
}

export function describeHealth(check: Check): string | null {
  const after = unhealthyAfter(check)
  if (!after) return null
  const grace = check.startPeriodSeconds
  return [
    `Unhealthy after ${after.most} s at the latest: ${check.retries} failures in a row, then ECS replaces the task.`,
    grace !== null && grace > 0 && `Failures in the first ${grace} s do not count.`,
  ]
    .filter(Boolean)
    .join(' ')
}
