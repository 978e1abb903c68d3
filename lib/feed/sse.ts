const encoder = new TextEncoder()

/** One server-sent event (HTML standard). The data is JSON, so it holds no line break of its own. */
export function encodeEvent(event: string, data: unknown, id?: string): Uint8Array {
  const head = id === undefined ? '' : `id: ${id}\n`
  return encoder.encode(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** A line that keeps proxies from closing a quiet stream. */
export const heartbeat = encoder.encode(': heartbeat\n\n')

/** How soon a browser comes back after a cut. */
export const retryIn = (ms: number) => encoder.encode(`retry: ${ms}\n\n`)

export type EventId = { readonly boot: string; readonly version: number }

export const makeEventId = ({ boot, version }: EventId) => `${boot}-${version}`

/** What a browser sends back as Last-Event-ID; null when it is none of ours. */
export function eventIdFrom(text: string | null): EventId | null {
  const match = /^([A-Za-z0-9]{1,64})-(\d{1,15})$/.exec(text ?? '')
  if (!match) return null
  const [, boot = '', version = ''] = match
  return { boot, version: Number(version) }
}
