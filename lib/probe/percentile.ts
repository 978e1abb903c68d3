/**
 * Nearest-rank percentile: the smallest value that at least `share` of the values do not exceed.
 * Always one of the measured values, never an invented one in between.
 *
 * @param ascending values, sorted ascending
 * @param share 0 to 1
 * @returns null when there are no values
 */
export const percentile = (ascending: readonly number[], share: number): number | null => {
  if (ascending.length === 0) return null
  const rank = Math.ceil(Math.min(Math.max(share, 0), 1) * ascending.length)
  return ascending[Math.max(rank, 1) - 1] ?? null
}
