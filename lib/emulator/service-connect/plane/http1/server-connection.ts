import type { Socket } from 'node:net'
import { Exchange } from '../exchange'
import { isPreface } from '../http2/preface'
import { LazyTimer } from '../lazy-timer'
import { headOfAnswer, refusal } from '../local-answer'
import type { RequestHead, ResponseHead } from '../message'
import type { Route } from '../route'
import type { Downstream } from '../sides'
import { encodeEnd, encodeResponse, isChunked } from './encode'
import { Farewell } from './farewell'
import { MessageReader, type MessageSink } from './message-reader'
import type { HeadMistake } from './read-fields'
import { readRequestHead } from './request-head'
import { RequestWait } from './request-wait'
import { gatherWrites, writeHead, writePiece } from './write-body'

const never = Number.POSITIVE_INFINITY

/** A caller's connection: one request after the other. */
export class Http1ServerConnection implements Downstream, MessageSink<RequestHead> {
  readonly #socket: Socket
  readonly #route: Route
  readonly #onClosed: (connection: Http1ServerConnection) => void
  readonly #onHttp2: (connection: Http1ServerConnection, bytes: Buffer) => void
  readonly #reader: MessageReader<RequestHead>
  readonly #timer = new LazyTimer((nowMs) => this.#due(nowMs))
  readonly #wait: RequestWait
  #exchange: Exchange | undefined
  #requestComplete = true
  #closes: boolean
  #draining = false
  #isHead = false
  #chunked = false
  #upgraded = false
  #farewell: Farewell | undefined
  #first = true
  #bodyPaused = false
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
    const limits = { headMs: route.settings.headTimeoutMs, idleMs: route.limits.idleMs }
    this.#wait = new RequestWait(limits, performance.now())
    this.#timer.ensure(this.#wait.endsAtMs)
  }

  /** No request under way, and none begun. */
  get isIdle(): boolean {
    return this.#exchange === undefined && !this.#wait.hasBegun
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
    this.#wait.settle()
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
    this.#wait.settle()
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
    if (this.#farewell) return
    if (this.#first) {
      this.#first = false
      if (isPreface(bytes)) {
        this.#letGo(bytes)
        return
      }
    }
    this.#route.counter.bytesIn += bytes.length
    if (this.isIdle) {
      this.#wait.begin(performance.now())
      this.#timer.ensure(this.#wait.endsAtMs)
    }
    this.#reader.push(bytes)
    if (this.#isAhead) this.pauseBody()
  }

  /** It speaks HTTP/2, which somebody else reads. */
  #letGo(bytes: Buffer): void {
    this.#timer.stop()
    this.#socket
      .off('data', this.#onData)
      .off('end', this.#onEnd)
      .off('drain', this.#onDrain)
      .off('close', this.#onClose)
    this.#onHttp2(this, bytes)
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
    this.#wait.idle(performance.now())
    this.#timer.ensure(this.#wait.endsAtMs)
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
    if (this.#reader.hasRest) this.#wait.begin(performance.now())
    // The next request, if it is here, decides anew whether there is to be more.
    const wasPaused = this.#bodyPaused
    this.#bodyPaused = false
    this.#reader.next()
    if (this.#isAhead) this.pauseBody()
    if (wasPaused && !this.#bodyPaused) this.#socket.resume()
  }

  #linger(): void {
    this.#reader.stop()
    this.#bodyPaused = false
    this.#farewell = new Farewell(this.#socket, this.#timer)
  }

  #due(nowMs: number): number {
    if (this.#farewell) return this.#farewell.due(nowMs)
    if (this.#exchange) return this.#exchange.due(nowMs)
    const at = this.#wait.endsAtMs
    if (nowMs < at) return at
    if (this.#wait.hasBegun) this.onBroken({ status: 408, mistake: 'a header that does not end' })
    else this.#linger()
    return never
  }
}
