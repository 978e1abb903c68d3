/**
 * The next of `hosts` after `cursor` that may be asked, or the next one at all when none may: a request is rather tried
 * than refused. `previous` is passed over as long as there is any other.
 */
export function pickNext<Host>(
  hosts: readonly Host[],
  cursor: number,
  mayAsk: (host: Host) => boolean,
  previous: Host | undefined,
): { readonly host: Host; readonly cursor: number } | undefined {
  let second: { readonly host: Host; readonly cursor: number } | undefined
  let last: { readonly host: Host; readonly cursor: number } | undefined
  for (let step = 0; step < hosts.length; step++) {
    const at = (cursor + step) % hosts.length
    const host = hosts[at]
    if (host === undefined) continue
    const found = { host, cursor: (at + 1) % hosts.length }
    if (host === previous) {
      last = found
      continue
    }
    if (mayAsk(host)) return found
    second ??= found
  }
  // The previous host just failed; one that is avoided may have recovered.
  return second ?? last
}
