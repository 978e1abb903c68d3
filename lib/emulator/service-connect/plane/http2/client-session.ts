import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2'
import type { Socket } from 'node:net'
import { maxHeadBytes } from '../http1/message-reader'
import { maxFields } from '../http1/read-fields'
import type { Fields, RequestHead, ResponseHead } from '../message'
import type { PlaneSettings } from '../settings'
import type { CallEvents, UpstreamCall } from '../sides'
import { fromRaw, sendTrailers, toHeaders } from './fields'
import { framingOf } from './request-head'
import { windowBytes } from './server'

export type SessionOptions = {
  readonly connect: () => Socket
  readonly secure: boolean
  readonly idleKeptMs: number
  readonly settings: PlaneSettings
  readonly onEmpty: () => void
}

/** The HTTP/2 connections to one host: one that takes requests, and those that only finish theirs. */
export class Http2Sessions {
  readonly #options: SessionOptions
  readonly #all = new Set<ClientHttp2Session>()
  #current: { readonly session: ClientHttp2Session; connected: boolean } | undefined
  #retired = false

  constructor(options: SessionOptions) {
    this.#options = options
  }

  open(events: CallEvents): UpstreamCall {
    const current = this.#current ?? this.#start()
    this.#current = current
    return new Http2Call(current.session, () => current.connected, events)
  }

  retire(): void {
    this.#retired = true
    for (const session of this.#all) session.close()
    this.#tellEmpty()
  }

  kill(): void {
    this.#retired = true
    for (const session of [...this.#all]) session.destroy()
  }

  #start() {
    const { settings, idleKeptMs, secure } = this.#options
    const socket = this.#options.connect()
    const session = connect('http://upstream', {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: windowBytes, maxHeaderListSize: maxHeadBytes },
      maxHeaderListPairs: maxFields + 4,
      maxSessionMemory: 32,
    })
    this.#all.add(session)
    const entry = { session, connected: false }
    const leave = (): void => {
      if (this.#current === entry) this.#current = undefined
    }
    const timer = setTimeout(() => socket.destroy(), settings.connectTimeoutMs)
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer)
      entry.connected = true
    })
    session.setTimeout(idleKeptMs, () => {
      leave()
      session.close()
    })
    session.on('goaway', leave)
    // `close` follows and its streams tell the rest.
    session.on('error', leave)
    session.once('close', () => {
      clearTimeout(timer)
      leave()
      socket.destroy()
      this.#all.delete(session)
      this.#tellEmpty()
    })
    return entry
  }

  #tellEmpty(): void {
    if (this.#retired && this.#all.size === 0) this.#options.onEmpty()
  }
}

/** One request on an HTTP/2 connection. */
class Http2Call implements UpstreamCall {
  readonly #session: ClientHttp2Session
  readonly #isConnected: () => boolean
  #events: CallEvents | undefined
  #stream: ClientHttp2Stream | undefined
  #answered = false
  #trailersIn: Fields = []
  #trailersOut: Fields = []

  constructor(session: ClientHttp2Session, isConnected: () => boolean, events: CallEvents) {
    this.#session = session
    this.#isConnected = isConnected
    this.#events = events
  }

  send(head: RequestHead, fields: Fields, body: Buffer | undefined, complete: boolean): boolean {
    const headers = {
      ...toHeaders(fields),
      ':method': head.method,
      ':path': head.path,
      ':scheme': 'http',
      ':authority': head.authority,
    }
    const endStream = complete && body === undefined
    let stream: ClientHttp2Stream
    try {
      stream = this.#session.request(headers, { endStream, waitForTrailers: !endStream })
    } catch {
      // The session was closed in this very moment.
      setImmediate(() => this.#fail('not delivered'))
      return true
    }
    this.#stream = stream
    this.#listen(stream, head.method)
    if (endStream) return true
    const taken = body === undefined || stream.write(body)
    if (complete) stream.end()
    return taken
  }

  write(bytes: Buffer): boolean {
    const stream = this.#stream
    return !stream || stream.destroyed || stream.writableEnded || stream.write(bytes)
  }

  end(trailers: Fields): void {
    this.#trailersOut = trailers
    if (!this.#stream?.destroyed) this.#stream?.end()
  }

  reset(): void {
    this.#events = undefined
    this.#stream?.close(constants.NGHTTP2_CANCEL)
  }

  pause(): void {
    this.#stream?.pause()
  }

  resume(): void {
    this.#stream?.resume()
  }

  #listen(stream: ClientHttp2Stream, method: string): void {
    stream.on('response', (_headers: unknown, flags: number, raw: unknown) => {
      const { pseudo, fields } = fromRaw(Array.isArray(raw) ? raw.map(String) : [])
      const status = Number(pseudo[':status'])
      if (!(status >= 200 && status <= 599)) {
        this.#fail('protocol')
        stream.close(constants.NGHTTP2_CANCEL)
        return
      }
      const ends = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0
      this.#answered = true
      const head: ResponseHead = {
        status,
        reason: '',
        fields,
        framing: method === 'HEAD' ? { kind: 'none' } : framingOf(fields, ends),
        wantsClose: false,
        upgrade: false,
        keepAliveMs: undefined,
      }
      const events = this.#events
      if (ends) this.#events = undefined
      events?.answered(head, undefined, ends)
    })
    stream.on('data', (bytes: Buffer) => this.#events?.data(bytes))
    stream.on('trailers', (_headers: unknown, _flags: unknown, raw: unknown) => {
      if (Array.isArray(raw)) this.#trailersIn = fromRaw(raw.map(String)).fields
    })
    stream.on('end', () => {
      if (!this.#answered || stream.rstCode !== constants.NGHTTP2_NO_ERROR) return
      const events = this.#events
      this.#events = undefined
      events?.dataEnd(this.#trailersIn)
    })
    stream.on('drain', () => this.#events?.callWritable())
    stream.on('wantTrailers', () => sendTrailers(stream, this.#trailersOut))
    // `close` follows and tells the rest.
    stream.on('error', () => {})
    stream.once('close', () => {
      if (!this.#isConnected()) this.#fail('connect')
      else if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) this.#fail('not delivered')
      else if (stream.rstCode === constants.NGHTTP2_PROTOCOL_ERROR) this.#fail('protocol')
      else this.#fail('reset')
    })
  }

  #fail(failure: Parameters<CallEvents['failed']>[0]): void {
    const events = this.#events
    this.#events = undefined
    events?.failed(failure)
  }
}
