import type { Socket } from 'node:net'
import type { RequestHead, ResponseHead } from '../message'
import type { CallEvents, UpstreamCall } from '../sides'
import { encodeEnd, encodeRequest } from './encode'
import { MessageReader, type MessageSink } from './message-reader'
import { readResponseHead } from './response-head'
import { gatherWrites, writeHead, writePiece } from './write-body'

/** What a connection tells the pool that it belongs to. */
export type ConnectionOwner = {
  /** It can take another request. */
  idle(connection: Http1ClientConnection): void
  closed(connection: Http1ClientConnection): void
}

/** A connection to a host; it carries one request at a time. */
export class Http1ClientConnection implements UpstreamCall, MessageSink<ResponseHead> {
  readonly #socket: Socket
  readonly #owner: ConnectionOwner
  readonly #reader: MessageReader<ResponseHead>
  #events: CallEvents | undefined
  #method = ''
  #asksUpgrade = false
  #chunked = false
  #requestComplete = false
  #wantsClose = false
  #upgraded = false
  #connected = false
  #served = 0
  #sawBytes = false
  #dead = false
  /** From `performance.now`; the owner sets and reads it. */
  keptUntilMs = 0
  /** How long the other side keeps idle connections, when it said so. */
  keepAliveMs: number | undefined

  /** `socket` is on its way to be connected; `connectTimeoutMs` counts from now. */
  constructor(socket: Socket, secure: boolean, owner: ConnectionOwner, connectTimeoutMs: number) {
    this.#socket = socket
    this.#owner = owner
    this.#reader = new MessageReader((text) => readResponseHead(text, this.#method), this)
    const timer = setTimeout(() => this.#die(), connectTimeoutMs)
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer)
      this.#connected = true
      // What was held back while nobody knew whether the host is there.
      if (!socket.writableNeedDrain) this.#events?.callWritable()
    })
    socket.on('data', (bytes) => this.#data(bytes))
    socket.on('end', () => this.#ended())
    socket.on('drain', () => this.#events?.callWritable())
    // `close` follows and tells the rest.
    socket.on('error', () => {})
    socket.once('close', () => {
      clearTimeout(timer)
      this.#die()
    })
  }

  /** The request that it carries from now on. */
  carry(events: CallEvents): void {
    this.#events = events
  }

  send(head: RequestHead, fields: readonly string[], body: Buffer | undefined, complete: boolean): boolean {
    this.#method = head.method
    this.#asksUpgrade = head.upgrade
    this.#chunked = head.framing.kind === 'chunked'
    this.#requestComplete = complete
    this.#wantsClose = this.#sawBytes = false
    if (!complete) gatherWrites(this.#socket)
    const taken = writeHead(this.#socket, encodeRequest(head, fields), body, this.#chunked)
    if (complete && this.#chunked) this.#socket.write(encodeEnd([]), 'latin1')
    // While it connects nothing is known of the host; what is held back can go to another one.
    return taken && this.#connected
  }

  write(bytes: Buffer): boolean {
    return writePiece(this.#socket, bytes, this.#chunked)
  }

  end(trailers: readonly string[]): void {
    if (this.#upgraded) {
      this.#socket.end()
      return
    }
    this.#requestComplete = true
    if (this.#chunked) this.#socket.write(encodeEnd(trailers), 'latin1')
  }

  reset(): void {
    this.#events = undefined
    this.#die()
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  onHead(head: ResponseHead, body: Buffer | undefined, complete: boolean): void {
    if (head.status < 200 && !head.upgrade) {
      // Envoy answers `Expect` itself and passes no other interim answer on.
      this.#reader.next()
      return
    }
    if (head.upgrade) {
      if (!this.#asksUpgrade) {
        this.onBroken()
        return
      }
      this.#upgraded = true
      this.#events?.answered(head, undefined, false)
      this.#reader.becomeRaw()
      return
    }
    this.#wantsClose ||= head.wantsClose
    this.keepAliveMs = head.keepAliveMs
    const events = this.#events
    if (complete) this.#release()
    events?.answered(head, body, complete)
  }

  onBody(bytes: Buffer): void {
    this.#events?.data(bytes)
  }

  onRaw(bytes: Buffer): void {
    this.#events?.data(bytes)
  }

  onEnd(trailers: readonly string[]): void {
    const events = this.#events
    this.#release()
    events?.dataEnd(trailers)
  }

  onBroken(): void {
    const events = this.#events
    this.#events = undefined
    this.#die()
    events?.failed('protocol')
  }

  kill(): void {
    this.#die()
  }

  #data(bytes: Buffer): void {
    if (!this.#events) {
      this.#die()
      return
    }
    this.#sawBytes = true
    this.#reader.push(bytes)
  }

  #ended(): void {
    if (this.#upgraded) {
      const events = this.#events
      this.#events = undefined
      events?.dataEnd([])
    } else this.#reader.finish()
    // An answer that is not whole now never will be.
    this.#die()
  }

  /** The answer is whole: for the next request, if both sides can. */
  #release(): void {
    this.#events = undefined
    this.#served++
    const reusable = this.#requestComplete && !this.#wantsClose && !this.#reader.hasRest && !this.#dead
    if (!reusable) {
      this.#die()
      return
    }
    this.#socket.resume()
    this.#reader.next()
    this.#owner.idle(this)
  }

  #die(): void {
    if (this.#dead) return
    this.#dead = true
    this.#reader.stop()
    this.#socket.destroy()
    this.#owner.closed(this)
    const events = this.#events
    this.#events = undefined
    if (!this.#connected) events?.failed('connect')
    else if (this.#served > 0 && !this.#sawBytes) events?.failed('stale')
    else events?.failed('reset')
  }
}
