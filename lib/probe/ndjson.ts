/** One event as a line of NDJSON. `JSON.stringify` escapes line breaks inside strings, so a line is always one event. */
export const toLine = (value: unknown): string => `${JSON.stringify(value)}\n`

/** How a stream ended: all was sent, the reader went away, or making the events failed. */
export type StreamEnd =
  | { readonly kind: 'sent' | 'left' }
  | { readonly kind: 'failed'; readonly error: unknown }

/**
 * Events as a stream of bytes. One is taken only when the reader asks for more, so a slow reader slows the calls.
 *
 * @param onEnd called once
 */
export const toByteStream = (
  events: AsyncIterable<unknown>,
  onEnd: (end: StreamEnd) => void,
): ReadableStream<Uint8Array> => {
  const iterator = events[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  let over = false
  const end = (how: StreamEnd) => {
    if (over) return
    over = true
    onEnd(how)
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next()
          if (next.done) {
            end({ kind: 'sent' })
            controller.close()
          } else controller.enqueue(encoder.encode(toLine(next.value)))
        } catch (error) {
          end({ kind: 'failed', error })
          controller.error(error)
        }
      },
      cancel() {
        end({ kind: 'left' })
      },
    },
    { highWaterMark: 1 },
  )
}

/** Longest line that is believed: a body sample of 64 K characters, every one escaped, and some room. */
const maxLineLength = 1_000_000

/** Splits a byte stream into parsed lines. A last line without its line break is a cut connection and is left out. */
export async function* fromByteStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      rest += decoder.decode(value, { stream: true })
      if (rest.length > maxLineLength) throw new Error('A line of the answer is too long.')
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') yield JSON.parse(line)
    }
  } finally {
    // Tells the server that nobody listens any more; after the end it has no effect.
    await reader.cancel().catch(() => undefined)
  }
}
