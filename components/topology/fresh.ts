/** Which ids have been on the map, and which of them came after the first picture. */
export type Seen = { readonly all: ReadonlySet<string>; readonly fresh: ReadonlySet<string> }

/** Everything in the first picture is old; what comes later is fresh and fades in. Returns `before` when nothing came. */
export function findFresh(before: Seen | null, items: readonly { readonly id: string }[]): Seen {
  if (!before) return { all: new Set(items.map((item) => item.id)), fresh: new Set() }
  const came = items.filter((item) => !before.all.has(item.id))
  if (came.length === 0) return before
  const ids = came.map((item) => item.id)
  return { all: new Set([...before.all, ...ids]), fresh: new Set([...before.fresh, ...ids]) }
}
