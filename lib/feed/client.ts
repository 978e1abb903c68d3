/** A browser's end of the stream: takes bytes when it can, and is never allowed to pile them up. */
export type StreamClient = {
  readonly stream: ReadableStream<Uint8Array>
  /** Queues an event. Too many unread ones are thrown away, and `catchUp` is sent in their place. */
  send(bytes: Uint8Array): void
  /** Only when nothing waits: a heartbeat to somebody who does not read is waste. */
  sendIfIdle(bytes: Uint8Array): void
  close(): void
}

export type ClientOptions = {
  /** Events that may wait. */
  readonly queueLimit: number
  /** The whole state in one event, asked for after events were thrown away. */
  readonly catchUp: () => Uint8Array | null
  readonly onClose: () => void
}

/** Chunks that the stream itself may hold; the rest waits in our queue, where it can be thrown away. */
const STREAM_HOLDS = 8

export function makeStreamClient({ queueLimit, catchUp, onClose }: ClientOptions): StreamClient {
  let queue: Uint8Array[] = []
  let isBehind = false
  let isOpen = true
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null

  function drain() {
    while (isOpen && controller && (controller.desiredSize ?? 0) > 0) {
      if (isBehind) {
        isBehind = false
        const state = catchUp()
        if (state) {
          controller.enqueue(state)
          continue
        }
      }
      const next = queue.shift()
      if (!next) return
      controller.enqueue(next)
    }
  }

  function end() {
    if (!isOpen) return
    isOpen = false
    queue = []
    onClose()
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      start(started) {
        controller = started
      },
      pull: drain,
      cancel: end,
    },
    { highWaterMark: STREAM_HOLDS },
  )
  return {
    stream,
    send(bytes) {
      if (!isOpen) return
      if (queue.length >= queueLimit) {
        queue = []
        isBehind = true
      }
      // What comes before the catch-up is in it already.
      if (!isBehind) queue.push(bytes)
      drain()
    },
    sendIfIdle(bytes) {
      if (!isOpen || isBehind || queue.length > 0 || (controller?.desiredSize ?? 0) <= 0) return
      controller?.enqueue(bytes)
    },
    close() {
      if (!isOpen) return
      end()
      controller?.close()
    },
  }
}
