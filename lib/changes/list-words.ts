const MOST_NAMED = 5

/** `a`, `a and b`, `a, b and 3 more` */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED)
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
}

/** `1 task`, `3 tasks` */
export const counted = (count: number, thing: string): string =>
  count === 1 ? `1 ${thing}` : `${count.toLocaleString('en-US')} ${thing}s`

/** By name: the same things are named, and dealt with, in the same order, in whatever order AWS listed them. */
export const byName = <Named extends { readonly name: string; readonly arn: string }>(
  things: readonly Named[],
): readonly Named[] => things.toSorted((a, b) => compare(a.name, b.name) || compare(a.arn, b.arn))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
