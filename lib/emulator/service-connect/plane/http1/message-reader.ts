import type { Framing } from '../message'
import { ChunkedReader } from './chunked-reader'
import type { HeadMistake } from './read-fields'

/** Who is told what a connection says. */
export type MessageSink<Head> = {
  /** A head, with the part of the body that came in the same piece; `complete`: the whole message is there. */
  onHead(head: Head, body: Buffer | undefined, complete: boolean): void
  onBody(bytes: Buffer): void
  onEnd(trailers: readonly string[]): void
  /** Nothing more can be read from this connection. */
  onBroken(mistake: HeadMistake): void
  /** After an upgrade: as they come. */
  onRaw(bytes: Buffer): void
}

/** Envoy's default (max_request_headers_kb 60). */
export const maxHeadBytes = 61_440

const bareLineFeed = /(?<!\r)\n/
const tooLong: HeadMistake = { mistake: 'headers longer than 60 KiB', status: 431 }
const brokenChunk: HeadMistake = { mistake: 'a chunked body that is none', status: 400 }
const bareLine: HeadMistake = { mistake: 'a bare line end in the header', status: 400 }
const empty: readonly string[] = []

/** Cuts what one side of an HTTP/1 connection says into messages. After each it waits for `next`. */
export class MessageReader<Head extends { readonly framing: Framing }> {
  readonly #readHead: (text: string) => Head | HeadMistake
  readonly #sink: MessageSink<Head>
  #state: 'head' | 'length' | 'chunked' | 'close' | 'raw' | 'waiting' | 'broken' = 'head'
  #left = 0
  #chunks: ChunkedReader | undefined
  /** What was not read yet: an unfinished head, or what came after a message. */
  #rest: Buffer | undefined
  #reading = false

  constructor(readHead: (text: string) => Head | HeadMistake, sink: MessageSink<Head>) {
    this.#readHead = readHead
    this.#sink = sink
  }

  /** Something stands unread: an unfinished head, or bytes after the message's end. */
  get hasRest(): boolean {
    return this.#rest !== undefined
  }

  /** Between messages: nothing of the next one has come. */
  get isFresh(): boolean {
    return this.#rest === undefined && (this.#state === 'head' || this.#state === 'waiting')
  }

  push(bytes: Buffer): void {
    if (this.#state === 'broken') return
    this.#rest = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes
    this.#run()
  }

  /** The message before is dealt with: reads the next one, whose beginning may already be here. */
  next(): void {
    if (this.#state !== 'waiting') return
    this.#state = 'head'
    this.#run()
  }

  /** From now on bytes are passed on as they come. */
  becomeRaw(): void {
    this.#state = 'raw'
    this.#run()
  }

  /** The other side is done sending. True when a message ends with that, or none had begun. */
  finish(): boolean {
    if (this.#state === 'close') {
      this.#state = 'waiting'
      this.#sink.onEnd(empty)
      return true
    }
    return this.isFresh
  }

  stop(): void {
    this.#state = 'broken'
    this.#rest = undefined
  }

  // A loop and not recursion: a sink may answer at once and ask for the next message from within.
  #run(): void {
    if (this.#reading) return
    this.#reading = true
    while (this.#rest && this.#state !== 'waiting' && this.#state !== 'broken') {
      const bytes: Buffer = this.#rest
      this.#rest = undefined
      if (!this.#step(bytes)) break
    }
    this.#reading = false
  }

  /** Reads one piece; false when more has to come first. */
  #step(bytes: Buffer): boolean {
    switch (this.#state) {
      case 'head':
        return this.#stepHead(bytes)
      case 'length': {
        const taken = Math.min(this.#left, bytes.length)
        this.#left -= taken
        if (taken < bytes.length) this.#rest = bytes.subarray(taken)
        const over = this.#left === 0
        if (over) this.#state = 'waiting'
        this.#sink.onBody(taken === bytes.length ? bytes : bytes.subarray(0, taken))
        if (over) this.#sink.onEnd(empty)
        return true
      }
      case 'chunked':
        return this.#stepChunked(bytes, 0)
      case 'close':
        this.#sink.onBody(bytes)
        return true
      case 'raw':
        this.#sink.onRaw(bytes)
        return true
      default:
        return false
    }
  }

  #stepHead(bytes: Buffer): boolean {
    let from = 0
    // RFC 9112, 2.2: an empty line before a message is passed over.
    while (bytes[from] === 13 && bytes[from + 1] === 10) from += 2
    if (from === bytes.length) return false
    const end = bytes.indexOf('\r\n\r\n', from, 'latin1')
    if (end === -1 || end - from > maxHeadBytes) {
      if (bytes.length - from > maxHeadBytes) this.#break(tooLong)
      // It would wait for an end that never comes.
      else if (bareLineFeed.test(bytes.toString('latin1', from))) this.#break(bareLine)
      else this.#rest = from === 0 ? bytes : bytes.subarray(from)
      return false
    }
    const head = this.#readHead(bytes.toString('latin1', from, end))
    if ('mistake' in head) {
      this.#break(head)
      return false
    }
    this.#beginBody(head, bytes, end + 4)
    return true
  }

  #beginBody(head: Head, bytes: Buffer, from: number): void {
    const { framing } = head
    const hasMore = from < bytes.length
    if (framing.kind === 'none') {
      this.#state = 'waiting'
      if (hasMore) this.#rest = bytes.subarray(from)
      this.#sink.onHead(head, undefined, true)
      return
    }
    if (framing.kind === 'length') {
      const until = from + framing.bytes
      if (until <= bytes.length) {
        this.#state = 'waiting'
        if (until < bytes.length) this.#rest = bytes.subarray(until)
        this.#sink.onHead(head, bytes.subarray(from, until), true)
        return
      }
      this.#state = 'length'
      this.#left = until - bytes.length
      this.#sink.onHead(head, hasMore ? bytes.subarray(from) : undefined, false)
      return
    }
    this.#state = framing.kind
    if (framing.kind === 'chunked') {
      this.#chunks ??= new ChunkedReader()
      this.#chunks.reset()
    }
    if (hasMore) this.#rest = bytes.subarray(from)
    this.#sink.onHead(head, undefined, false)
  }

  #stepChunked(bytes: Buffer, from: number): boolean {
    const next =
      this.#chunks?.push(bytes, from, {
        data: (piece) => this.#sink.onBody(piece),
        end: (trailers) => this.#endOfChunks(trailers),
      }) ?? -1
    if (next === -1) {
      this.#break(brokenChunk)
      return false
    }
    // A sink may have given the connection up from within.
    if (next < bytes.length && this.#state !== 'broken') this.#rest = bytes.subarray(next)
    if (this.#trailers) {
      const trailers = this.#trailers
      this.#trailers = undefined
      if (this.#state !== 'broken') {
        this.#state = 'waiting'
        this.#sink.onEnd(trailers)
      }
    }
    return true
  }

  #trailers: readonly string[] | undefined
  #endOfChunks(trailers: readonly string[]): void {
    this.#trailers = trailers
  }

  #break(mistake: HeadMistake): void {
    this.stop()
    this.#sink.onBroken(mistake)
  }
}
