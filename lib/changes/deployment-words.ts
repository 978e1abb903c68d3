/** How many tasks a rolling deployment keeps and may have (ECS developer guide, "Deployment configuration"). */
export type RolloutBounds = {
  /** Tasks that must stay in service. */
  readonly floor: number
  /** Tasks that may run or start at once. */
  readonly ceiling: number
}

/** `floor = ceil(desired × minimum %)`, `ceiling = floor(desired × maximum %)`. */
export const rolloutBounds = (
  desired: number,
  minimumHealthyPercent: number,
  maximumPercent: number,
): RolloutBounds => ({
  floor: Math.min(desired, Math.ceil((desired * minimumHealthyPercent) / 100)),
  ceiling: Math.max(desired, Math.floor((desired * maximumPercent) / 100)),
})

const tasks = (count: number) => (count === 1 ? '1 task' : `${count} tasks`)

/** What the percentages mean for this count, as one sentence: `A deployment starts 2 new tasks before it stops an old one.` */
export function rolloutSentence(
  desired: number,
  minimumHealthyPercent: number,
  maximumPercent: number,
): string {
  if (desired === 0) return 'With no task there is nothing to replace.'
  const { floor, ceiling } = rolloutBounds(desired, minimumHealthyPercent, maximumPercent)
  const extra = ceiling - desired
  const spare = desired - floor
  if (extra === 0 && spare === 0)
    return `With ${tasks(desired)} a deployment can neither stop an old one nor start a new one: it never ends.`
  if (spare === 0)
    return extra >= desired
      ? `A deployment starts ${desired === 1 ? 'the new task' : `all ${desired} new tasks`} before it stops an old one; up to ${tasks(ceiling)} run meanwhile.`
      : `A deployment starts ${tasks(extra)} more, then stops as many old ones, and goes on so; never fewer than ${floor} serve.`
  if (extra === 0)
    return floor === 0
      ? `A deployment may stop ${desired === 1 ? 'the task' : `all ${desired} tasks`} before a new one runs: nobody may answer for a while.`
      : `A deployment stops ${tasks(spare)} before it starts as many new ones; ${floor} keep serving.`
  return floor === 0
    ? `A deployment may stop ${desired === 1 ? 'the old task' : `all ${desired} old tasks`} at once and run up to ${tasks(ceiling)}: nobody may answer for a while.`
    : `A deployment may stop ${tasks(spare)} and start ${tasks(extra)} more at once; ${floor} keep serving.`
}
