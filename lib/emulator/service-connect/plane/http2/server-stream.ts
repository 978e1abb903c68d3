import { constants, type ServerHttp2Stream } from 'node:http2'
import { Exchange } from '../exchange'
import { LazyTimer } from '../lazy-timer'
import type { Fields, RequestHead, ResponseHead } from '../message'
import type { Route } from '../route'
import type { Downstream } from '../sides'
import { fromRaw, sendTrailers, toHeaders } from './fields'

/** A caller's request on an HTTP/2 connection. */
export class Http2ServerStream implements Downstream {
  readonly #stream: ServerHttp2Stream
  readonly #route: Route
  readonly #exchange: Exchange
  readonly #timer: LazyTimer
  readonly #isHead: boolean
  #requestComplete: boolean
  #trailersIn: Fields = []
  #trailersOut: Fields = []

  constructor(stream: ServerHttp2Stream, route: Route, head: RequestHead) {
    this.#stream = stream
    this.#route = route
    this.#isHead = head.method === 'HEAD'
    this.#requestComplete = head.framing.kind === 'none'
    const exchange = new Exchange(route, this, head)
    this.#exchange = exchange
    this.#timer = new LazyTimer((nowMs) => exchange.due(nowMs))
    stream.on('data', (bytes: Buffer) => {
      route.counter.bytesIn += bytes.length
      exchange.body(bytes)
    })
    stream.on('trailers', (_headers: unknown, _flags: unknown, raw: unknown) => {
      if (Array.isArray(raw)) this.#trailersIn = fromRaw(raw.map(String)).fields
    })
    stream.on('end', () => this.#ended())
    stream.on('drain', () => exchange.downWritable())
    // `close` follows and tells the rest.
    stream.on('error', () => {})
    stream.on('wantTrailers', () => sendTrailers(stream, this.#trailersOut))
    stream.once('close', () => {
      this.#timer.stop()
      exchange.gone()
    })
    exchange.start(undefined, this.#requestComplete)
  }

  respond(head: ResponseHead, body: Buffer | undefined, complete: boolean): boolean {
    const stream = this.#stream
    if (stream.destroyed || stream.headersSent) return true
    const headers = { ...toHeaders(head.fields), ':status': head.status }
    const bodiless = complete && (this.#isHead || body === undefined || body.length === 0)
    try {
      stream.respond(headers, { endStream: bodiless, waitForTrailers: !bodiless && !complete })
    } catch {
      // Something in it that HTTP/2 cannot say: the caller sees that there is no answer.
      this.reset()
      return true
    }
    let taken = true
    if (body && !bodiless) {
      this.#route.counter.bytesOut += body.length
      taken = stream.write(body)
    }
    if (complete) this.#close(bodiless)
    return taken
  }

  write(bytes: Buffer): boolean {
    if (this.#stream.destroyed || this.#stream.writableEnded) return true
    this.#route.counter.bytesOut += bytes.length
    return this.#stream.write(bytes)
  }

  end(trailers: Fields): void {
    this.#trailersOut = trailers
    this.#close(false)
  }

  reset(): void {
    this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  }

  pauseBody(): void {
    this.#stream.pause()
  }

  resumeBody(): void {
    this.#stream.resume()
  }

  deadline(atMs: number): void {
    this.#timer.ensure(atMs)
  }

  #ended(): void {
    if (this.#requestComplete) return
    this.#requestComplete = true
    this.#exchange.bodyEnd(this.#trailersIn)
  }

  #close(ended: boolean): void {
    const stream = this.#stream
    if (!ended && !stream.writableEnded) stream.end()
    if (this.#requestComplete) return
    // The answer is whole, the rest of the request is of no use (RFC 9113, 8.1).
    stream.resume()
    if (stream.writableFinished) stream.close(constants.NGHTTP2_NO_ERROR)
    else stream.once('finish', () => stream.close(constants.NGHTTP2_NO_ERROR))
  }
}
