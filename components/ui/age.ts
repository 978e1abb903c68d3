const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A span as an operator says it: `0.8 s`, `14 s`, `3 min`, `5 h`, `12 d`. Negative spans (clock skew) are 0. */
export function formatAge(ms: number): string {
  const span = Math.max(0, ms)
  if (span < 10 * second) return `${(Math.floor(span / 100) / 10).toFixed(1)} s`
  if (span < minute) return `${Math.floor(span / second)} s`
  if (span < hour) return `${Math.floor(span / minute)} min`
  if (span < 2 * day) return `${Math.floor(span / hour)} h`
  return `${Math.floor(span / day)} d`
}

/** How long something took, to the millisecond while it is short: `12 ms`, `2.4 s`. */
export function formatDuration(ms: number): string {
  return ms < second ? `${Math.max(0, Math.round(ms))} ms` : formatAge(ms)
}

/** Coarser, for lists: whole seconds under a minute. */
export function formatSince(ms: number): string {
  const span = Math.max(0, ms)
  return span < minute ? `${Math.floor(span / second)} s` : formatAge(span)
}

/** `1 service`, `3 services`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`
}
