import { askConsole } from '../wizard/ask-console'

/** Where a shell runs. */
export type ShellPlace = { readonly taskId: string; readonly container: string }

export type ShellEvents = {
  readonly onOutput: (bytes: Uint8Array) => void
  /** Once. */
  readonly onClosed: (reason: string) => void
}

export type ShellLine = {
  readonly place: ShellPlace
  readonly type: (keys: string) => void
  readonly resize: (cols: number, rows: number) => void
  readonly end: () => void
}

const isOpened = (value: unknown): value is { readonly id: string; readonly place: ShellPlace } =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'place' in value

const fieldOf = (event: MessageEvent<string>, name: string): string => {
  const parsed: unknown = JSON.parse(event.data)
  const value: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, name) : undefined
  return typeof value === 'string' ? value : ''
}

const toBytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))

/** More at once is sent in parts; as the console's route takes it. */
const mostKeys = 4_096

/**
 * Opens a shell in a task of a service: output comes as server-sent events, keys go up by requests, one at a time, so that they stay in
 * order. Throws an `Error` for a person when none is opened.
 */
export async function openShellLine(
  from: string,
  events: ShellEvents,
  signal: AbortSignal,
): Promise<ShellLine> {
  const opened = await askConsole('/api/shell', { body: { from }, signal })
  if (!isOpened(opened)) throw new Error('The console answered something that is no shell.')
  const { id, place } = opened
  let isClosed = false
  let waiting = ''
  let size: { readonly cols: number; readonly rows: number } | null = null
  let isSending = false

  const stream = new EventSource(`/api/shell/stream?id=${id}`)
  const close = (reason: string): void => {
    if (isClosed) return
    isClosed = true
    stream.close()
    events.onClosed(reason)
  }
  stream.addEventListener('output', (event: MessageEvent<string>) =>
    events.onOutput(toBytes(fieldOf(event, 'base64'))),
  )
  stream.addEventListener('closed', (event: MessageEvent<string>) => close(fieldOf(event, 'reason')))
  stream.addEventListener('error', () => {
    // While it comes back by itself nothing is lost; a refusal is the end.
    if (stream.readyState === EventSource.CLOSED) close('The console ended the connection.')
  })

  const post = (body: object, keepalive = false): Promise<Response> =>
    fetch('/api/shell/input', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, ...body }),
      keepalive,
    })
  const send = async (): Promise<void> => {
    if (isSending) return
    isSending = true
    try {
      while (!isClosed && (waiting !== '' || size !== null)) {
        const keys = waiting.slice(0, mostKeys)
        const to = size
        waiting = waiting.slice(keys.length)
        size = null
        const answer = await post({ ...(keys === '' ? {} : { keys }), ...(to === null ? {} : { size: to }) })
        if (answer.status === 404) close('The shell has ended.')
      }
    } catch (error) {
      close(`The console does not answer (${error instanceof Error ? error.message : String(error)}).`)
    } finally {
      isSending = false
    }
  }

  return {
    place,
    type(keys) {
      waiting += keys
      void send()
    },
    resize(cols, rows) {
      size = { cols, rows }
      void send()
    },
    end() {
      // The page may be on its way out.
      if (!isClosed) void post({ end: true }, true).catch(() => undefined)
      close('')
    },
  }
}
