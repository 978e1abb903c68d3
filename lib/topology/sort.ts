/** By id, in code unit order: the same on every machine, whatever its language. */
export function sortById<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** By ARN, for facts that have no id of ours yet. */
export function sortByArn<T extends { readonly arn: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0))
}
