import type { ExportedService, NamespaceFacts } from './facts'

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

/** Of a task definition's ARN, which ends as `web:7`; two revisions of one family are registered in the order they were. */
const revisionIn = (arn: string): number => Number(arn.slice(arn.lastIndexOf(':') + 1))

/**
 * In the order they were made: what uses Service Connect knows only the names that were there before it (ECS developer guide, "Service
 * Connect"). Else by name.
 */
const byAge = (a: ExportedService, b: ExportedService): number =>
  compare(a.createdAtMs, b.createdAtMs) || compare(a.name, b.name) || compare(a.clusterArn, b.clusterArn)

/**
 * The same facts in an order of their own. AWS lists by ids that it draws by chance and answers side by side, and the same namespace has
 * to give the same text each time. Names are compared as they are written, not as a language sorts them.
 */
export const inOrder = (facts: NamespaceFacts): NamespaceFacts => ({
  ...facts,
  discoveryServices: facts.discoveryServices.toSorted(
    (a, b) => compare(a.name, b.name) || compare(a.arn, b.arn),
  ),
  clusters: facts.clusters.toSorted(
    (a, b) => compare(a.input.clusterName ?? '', b.input.clusterName ?? '') || compare(a.arn, b.arn),
  ),
  taskDefinitions: facts.taskDefinitions.toSorted(
    (a, b) =>
      compare(a.input.family ?? '', b.input.family ?? '') || compare(revisionIn(a.arn), revisionIn(b.arn)),
  ),
  services: facts.services.toSorted(byAge),
})
