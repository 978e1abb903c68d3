import { readRefusal } from '../topology/feed/refusal'

/** Asks one of the console's own routes for JSON. Throws an `Error` whose message is for a person, or the reason of `signal`. */
export async function askConsole(
  path: string,
  options: { readonly body?: unknown; readonly signal: AbortSignal },
): Promise<unknown> {
  const { body, signal } = options
  const answer = await fetch(path, {
    signal,
    cache: 'no-store',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    signal.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The console does not answer (${reason}). Check that npm start still runs.`)
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(readRefusal(answer.status, answer.statusText, text))
  return JSON.parse(text)
}
