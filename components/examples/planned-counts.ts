import { servicesOf } from '@/lib/changes/examples/all'
import type { DeployExampleInput } from '@/lib/changes/inputs/examples'

/** How many tasks each service of an example gets, by discovery name. */
export const plannedCounts = (input: DeployExampleInput): ReadonlyMap<string, number> =>
  new Map(servicesOf(input).map(({ name, desiredCount }) => [name, desiredCount]))
