/** A duration as an instrument shows it: `0.4 ms`, `42 ms`, `1.25 s`. */
export function formatMs(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  return `${(ms / 1000).toFixed(2)} s`
}

/** `127.10.0.12:8080`, IPv6 in brackets. */
export function formatPlace(address: string, port: number | null): string {
  const host = address.includes(':') ? `[${address}]` : address
  return port === null ? host : `${host}:${port}`
}

/** Share of a whole as CSS wants it. */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? '0%' : `${((part / whole) * 100).toFixed(2)}%`
}
