import type { Socket } from 'node:net'
import { Exchange } from '../exchange'
import { LazyTimer } from '../lazy-timer'
import { headOfAnswer, refusal } from '../local-answer'
import type { RequestHead, ResponseHead } from '../message'
import type { Route } from '../route'
import type { Downstream } from '../sides'
import { encodeEnd, encodeResponse, isChunked } from './encode'
import { MessageReader, type MessageSink } from './message-reader'
import type { HeadMistake } from './read-fields'
import { readRequestHead } from './request-head'
import { gatherWrites, writeHead, writePiece } from './write-body'

/** After its last answer a connection may still send this long what nobody reads, so that the answer is not lost by a reset. */
const lingerMs = 1_000
/** And its last answer is given up when nothing of it was taken for this long. */
const slowReaderMs = 30_000
/** RFC 9113, 3.4. */
const preface = 'PRI * HTTP/2.0\r\n'
const never = Number.POSITIVE_INFINITY

/** A caller's connection: one request after the other. */
export class Http1ServerConnection implements Downstream, MessageSink<RequestHead> {
  readonly #socket: Socket
  readonly #route: Route
  readonly #onClosed: (connection: Http1ServerConnection) => void
  readonly #onHttp2: (connection: Http1ServerConnection, bytes: Buffer) => void
  readonly #reader: MessageReader<RequestHead>
  readonly #timer = new LazyTimer((nowMs) => this.#due(nowMs))
  #exchange: Exchange | undefined
  #requestComplete = true
  #closes: boolean
  #draining = false
  #isHead = false
  #chunked = false
  #upgraded = false
  #lingering = false
  #first = true
  #bodyPaused = false
  #headSinceMs = never
  #idleSinceMs = performance.now()
  /** When the last byte of the last answer had left. */
  #saidAllMs = never
  #unsaid = 0
  #waitsForCaller = false

  /** `onHttp2`: it has begun with HTTP/2's preface, as far as `bytes`, and is let go of. */
  constructor(
    socket: Socket,
    route: Route,
    onClosed: (connection: Http1ServerConnection) => void,
    onHttp2: (connection: Http1ServerConnection, bytes: Buffer) => void,
  ) {
    this.#socket = socket
    this.#route = route
    this.#onClosed = onClosed
    this.#onHttp2 = onHttp2
    this.#closes = false
    this.#reader = new MessageReader(readRequestHead, this)
    socket.on('data', this.#onData)
    socket.on('end', this.#onEnd)
    socket.on('drain', this.#onDrain)
    // `close` follows and tells the rest.
    socket.on('error', () => {})
    socket.once('close', this.#onClose)
    this.#timer.ensure(this.#idleSinceMs + route.limits.idleMs)
  }

  /** No request under way, and none begun. */
  get isIdle(): boolean {
    return this.#exchange === undefined && this.#headSinceMs === never
  }

  /** The answer under way, or the next one, is the last. */
  drain(): void {
    this.#draining = true
  }

  kill(): void {
    this.#socket.destroy()
  }

  // What the reader tells.

  onHead(head: RequestHead, body: Buffer | undefined, complete: boolean): void {
    this.#headSinceMs = never
    this.#requestComplete = complete
    this.#isHead = head.method === 'HEAD'
    this.#closes = head.wantsClose
    const exchange = new Exchange(this.#route, this, head)
    this.#exchange = exchange
    // As Envoy does: the application is not asked whether it wants the body.
    if (head.expectsContinue && !complete) this.#write('HTTP/1.1 100 Continue\r\n\r\n')
    exchange.start(body, complete)
  }

  onBody(bytes: Buffer): void {
    this.#exchange?.body(bytes)
  }

  onEnd(trailers: readonly string[]): void {
    this.#requestComplete = true
    this.#exchange?.bodyEnd(trailers)
  }

  onRaw(bytes: Buffer): void {
    this.#exchange?.body(bytes)
  }

  onBroken({ status, mistake }: HeadMistake): void {
    this.#headSinceMs = never
    this.#requestComplete = false
    if (this.#exchange) {
      this.#exchange.requestBroken(status, mistake)
      return
    }
    const answer = refusal(status, mistake)
    this.#route.counter.requests++
    this.#route.counter.status(status)
    this.respond(headOfAnswer(answer, false), Buffer.from(answer.body), true)
  }

  // What the exchange tells.

  respond(head: ResponseHead, body: Buffer | undefined, complete: boolean): boolean {
    this.#chunked = isChunked(head)
    this.#closes ||= this.#draining || (complete && !this.#requestComplete)
    const text = encodeResponse(head, this.#closes)
    const sent = this.#isHead ? undefined : body
    this.#route.counter.bytesOut += text.length + (sent?.length ?? 0)
    if (!complete) gatherWrites(this.#socket)
    const taken = writeHead(this.#socket, text, sent, this.#chunked)
    if (complete) {
      if (this.#chunked) this.#write(encodeEnd([]))
      this.#answered()
    } else if (head.upgrade) {
      this.#upgraded = true
      this.#reader.becomeRaw()
    }
    return taken
  }

  write(bytes: Buffer): boolean {
    this.#route.counter.bytesOut += bytes.length
    return writePiece(this.#socket, bytes, this.#chunked)
  }

  end(trailers: readonly string[]): void {
    if (this.#upgraded) {
      this.#exchange = undefined
      this.#linger()
      return
    }
    if (this.#chunked) this.#write(encodeEnd(trailers))
    this.#answered()
  }

  reset(): void {
    this.#exchange = undefined
    // What was said so far goes out first: a caller may make something of it.
    while (this.#socket.writableCorked > 0) this.#socket.uncork()
    this.#socket.destroy()
  }

  pauseBody(): void {
    this.#bodyPaused = true
    this.#socket.pause()
  }

  resumeBody(): void {
    if (!this.#bodyPaused || this.#isAhead) return
    this.#bodyPaused = false
    this.#socket.resume()
  }

  /** The caller has sent more requests already: they wait where they are, and are not collected here. */
  get #isAhead(): boolean {
    return this.#exchange !== undefined && this.#requestComplete && !this.#upgraded && this.#reader.hasRest
  }

  deadline(atMs: number): void {
    this.#timer.ensure(atMs)
  }

  // What the socket tells.

  readonly #onData = (bytes: Buffer): void => {
    if (this.#lingering) return
    if (this.#first && this.#isPreface(bytes)) return
    this.#route.counter.bytesIn += bytes.length
    if (this.#exchange === undefined && this.#headSinceMs === never) {
      this.#headSinceMs = performance.now()
      this.#timer.ensure(this.#headSinceMs + this.#route.settings.headTimeoutMs)
    }
    this.#reader.push(bytes)
    if (this.#isAhead) this.pauseBody()
  }

  /** Whether these are the first bytes of HTTP/2, which then somebody else reads. */
  #isPreface(bytes: Buffer): boolean {
    this.#first = false
    // No method of HTTP/1 is called so, and no client sends it in pieces.
    if (bytes[0] !== 0x50 || !bytes.toString('latin1', 0, preface.length).startsWith(preface)) return false
    this.#timer.stop()
    const socket = this.#socket
    socket
      .off('data', this.#onData)
      .off('end', this.#onEnd)
      .off('drain', this.#onDrain)
      .off('close', this.#onClose)
    this.#onHttp2(this, bytes)
    return true
  }

  readonly #onDrain = (): void => {
    if (this.#waitsForCaller) {
      this.#waitsForCaller = false
      this.#proceed()
    } else this.#exchange?.downWritable()
  }

  readonly #onEnd = (): void => {
    const exchange = this.#exchange
    if (exchange && this.#upgraded) {
      exchange.rawEnd()
      return
    }
    this.#exchange = undefined
    // Who says no more waits for no answer either, as Envoy has it.
    exchange?.gone()
    this.#reader.stop()
    this.#socket.end()
  }

  readonly #onClose = (): void => {
    this.#timer.stop()
    this.#reader.stop()
    const exchange = this.#exchange
    this.#exchange = undefined
    exchange?.gone()
    this.#onClosed(this)
  }

  #write(text: string): void {
    this.#route.counter.bytesOut += text.length
    this.#socket.write(text, 'latin1')
  }

  #answered(): void {
    this.#exchange = undefined
    this.#idleSinceMs = performance.now()
    this.#timer.ensure(this.#idleSinceMs + this.#route.limits.idleMs)
    if (this.#closes || !this.#requestComplete) {
      this.#linger()
      return
    }
    // Who takes no answers gets no more of them.
    this.#waitsForCaller = this.#socket.writableNeedDrain
    if (this.#waitsForCaller) this.pauseBody()
    else this.#proceed()
  }

  #proceed(): void {
    if (this.#reader.hasRest) this.#headSinceMs = performance.now()
    // The next request, if it is here, decides anew whether there is to be more.
    const wasPaused = this.#bodyPaused
    this.#bodyPaused = false
    this.#reader.next()
    if (this.#isAhead) this.pauseBody()
    if (wasPaused && !this.#bodyPaused) this.#socket.resume()
  }

  /** Says goodbye and reads on for a moment: closing with unread bytes would reset the connection and lose the answer. */
  #linger(): void {
    this.#lingering = true
    this.#reader.stop()
    this.#bodyPaused = false
    this.#socket.resume()
    this.#socket.end(() => {
      this.#saidAllMs = performance.now()
      this.#timer.ensure(this.#saidAllMs + lingerMs)
    })
    this.#unsaid = this.#socket.writableLength
    this.#timer.ensure(performance.now() + slowReaderMs)
  }

  /** A caller that takes its last answer slowly has the time; one that takes nothing of it has not. */
  #dueLingering(nowMs: number): number {
    const unsaid = this.#socket.writableLength
    if (nowMs < this.#saidAllMs + lingerMs && this.#saidAllMs !== never) return this.#saidAllMs + lingerMs
    if (this.#saidAllMs === never && unsaid < this.#unsaid) {
      this.#unsaid = unsaid
      return nowMs + slowReaderMs
    }
    this.#socket.destroy()
    return never
  }

  #due(nowMs: number): number {
    if (this.#lingering) return this.#dueLingering(nowMs)
    if (this.#exchange) return this.#exchange.due(nowMs)
    if (this.#headSinceMs !== never) {
      const at = this.#headSinceMs + this.#route.settings.headTimeoutMs
      if (nowMs < at) return at
      this.onBroken({ status: 408, mistake: 'a header that does not end' })
      return never
    }
    const at = this.#idleSinceMs + this.#route.limits.idleMs
    if (nowMs < at) return at
    this.#linger()
    return never
  }
}
