/** Why the console refused, from its answer: its own code and sentence when it gave them, else the status line. */
export function readRefusal(status: number, statusText: string, body: string): string {
  const line = `${status} ${statusText}`.trim()
  const told = parse(body)
  if (typeof told !== 'object' || told === null) return line
  const inner: unknown = Reflect.get(told, 'error')
  const source = typeof inner === 'object' && inner !== null ? inner : told
  const message: unknown = Reflect.get(source, 'message')
  return typeof message === 'string' && message !== '' ? message : line
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // A proxy's page, for example: then the status line says what there is to say.
    return null
  }
}
