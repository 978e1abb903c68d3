/** How many tasks a deployment may leave standing and may start, of a desired count (ECS API reference, DeploymentConfiguration). */
export function rolloutBounds(desired: number, minimumPercent: number, maximumPercent: number) {
  return {
    // ECS rounds the lower bound up and the upper bound down.
    least: Math.ceil((desired * minimumPercent) / 100),
    most: Math.floor((desired * maximumPercent) / 100),
  }
}

/** What the percentages mean for this count, and whether a deployment could ever end. */
export function describeRollout(
  desired: number,
  minimumPercent: number,
  maximumPercent: number,
): { readonly text: string; readonly isStuck: boolean } {
  const { least, most } = rolloutBounds(desired, minimumPercent, maximumPercent)
  if (desired === 0) return { text: 'No task runs, so there is nothing to replace.', isStuck: false }
  const room = most - desired
  const spare = desired - least
  if (room <= 0 && spare <= 0)
    return {
      text: `Of ${desired} none may stop and no other may start: a deployment would never end.`,
      isStuck: true,
    }
  const bounds = `While deploying never fewer than ${least} and never more than ${most} run.`
  if (room > 0 && spare <= 0)
    return { text: `${bounds} New tasks start first; callers notice nothing.`, isStuck: false }
  if (room <= 0)
    return { text: `${bounds} Old tasks stop first, so there is less to answer with.`, isStuck: false }
  return {
    text: least === 0 ? `${bounds} There may be moments without any task.` : bounds,
    isStuck: false,
  }
}
