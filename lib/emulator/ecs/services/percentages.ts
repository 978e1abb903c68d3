import type { DeploymentConfiguration } from '@aws-sdk/client-ecs'
import { invalidParameter } from '../errors'

/** Tasks that must stay in service: `ceil(desired × minimumHealthyPercent / 100)`, and never more than desired. */
export const floorOf = (
  desired: number,
  { minimumHealthyPercent = 100 }: DeploymentConfiguration = {},
): number => Math.min(desired, Math.ceil((desired * minimumHealthyPercent) / 100))

/**
 * Tasks that may be RUNNING or on their way: `floor(desired × maximumPercent / 100)`, and never fewer than desired, since
 * the percentage speaks of deployments only.
 */
export const ceilingOf = (desired: number, { maximumPercent = 200 }: DeploymentConfiguration = {}): number =>
  Math.max(desired, Math.floor((desired * maximumPercent) / 100))

/** Throws `InvalidParameterException` for percentages that mean nothing. */
export function checkPercentages({
  minimumHealthyPercent = 100,
  maximumPercent = 200,
}: DeploymentConfiguration = {}): void {
  if (!Number.isInteger(maximumPercent) || maximumPercent < 0)
    throw invalidParameter('maximumPercent must be a whole number of at least 0.')
  if (!Number.isInteger(minimumHealthyPercent) || minimumHealthyPercent < 0)
    throw invalidParameter('minimumHealthyPercent must be a whole number of at least 0.')
  if (minimumHealthyPercent > maximumPercent)
    throw invalidParameter('maximumPercent must not be below minimumHealthyPercent.')
}
