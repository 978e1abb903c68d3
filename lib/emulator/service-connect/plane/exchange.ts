import { Account } from './account'
import { Deadlines } from './deadlines'
import { fieldsToReturn, fieldsToSend } from './field-rules'
import {
  answers,
  answerTo,
  grpcHeadOfAnswer,
  headOfAnswer,
  type LocalAnswer,
  notDeliveredField,
  refusal,
} from './local-answer'
import { fieldOf, isGrpc, type RequestHead, type ResponseHead } from './message'
import { type Failure, retryPauseOf, shouldRetry } from './retry/decide'
import { Replay } from './retry/replay'
import type { Route, RoutedHost } from './route'
import type { CallEvents, CallFailure, Downstream, UpstreamCall } from './sides'

/**
 * One request and its answer: chooses a host, tries again where that is allowed, keeps the time limits, and passes bytes on
 * both ways, never faster than the slower side takes them.
 */
export class Exchange implements CallEvents {
  readonly #route: Route
  readonly #down: Downstream
  readonly #head: RequestHead
  readonly #fields: readonly string[]
  readonly #isGrpc: boolean
  readonly #account: Account
  readonly #deadlines: Deadlines
  readonly #replay: Replay
  #call: UpstreamCall | undefined
  #host: RoutedHost | undefined
  #retried = 0
  #pause: NodeJS.Timeout | undefined
  #trailers: readonly string[] = []
  #requestComplete = false
  #over = false

  constructor(route: Route, down: Downstream, head: RequestHead) {
    this.#route = route
    this.#down = down
    this.#head = head
    this.#fields = fieldsToSend(head.fields, route.limits.requestMs, route.newId)
    this.#isGrpc = isGrpc(head)
    const nowMs = performance.now()
    this.#account = new Account(route, nowMs, this.#isGrpc)
    this.#deadlines = new Deadlines(route.limits, nowMs)
    this.#replay = new Replay(route.settings.replayBytes)
  }

  get isOver(): boolean {
    return this.#over
  }

  // What the side tells that the request comes from.

  start(body: Buffer | undefined, complete: boolean): void {
    if (body) this.#keep(body)
    if (complete) this.#completed([])
    this.#try(undefined, false)
    // When there is nobody to ask, the answer is out and the exchange over.
    if (!this.#over) this.#down.deadline(this.#deadlines.nextMs)
  }

  body(bytes: Buffer): void {
    if (this.#over) return
    this.#deadlines.saw(performance.now())
    this.#keep(bytes)
    // Between two tries: it is kept and sent with the next one.
    if (!this.#call?.write(bytes)) this.#down.pauseBody()
  }

  bodyEnd(trailers: readonly string[]): void {
    if (this.#over) return
    this.#completed(trailers)
    this.#account.sentAtMs = performance.now()
    this.#down.deadline(this.#deadlines.nextMs)
    this.#call?.end(trailers)
  }

  /** After an upgrade: the client says no more, but may still listen. */
  rawEnd(): void {
    if (!this.#over) this.#call?.end([])
  }

  /** What the client sends is no request any more. */
  requestBroken(status: number, mistake: string): void {
    this.#giveUp(refusal(status, mistake))
  }

  /** The client is gone. */
  gone(): void {
    if (this.#over) return
    this.#call?.reset()
    this.#finish()
  }

  /** The client takes bytes again. */
  downWritable(): void {
    this.#call?.resume()
  }

  /** Does what is due; the next time limit, Infinity when there is none. */
  due(nowMs: number): number {
    if (this.#over) return Number.POSITIVE_INFINITY
    const at = this.#deadlines.nextMs
    if (nowMs < at) return at
    this.#giveUp(this.#deadlines.answerAt(nowMs))
    return Number.POSITIVE_INFINITY
  }

  // What the call tells.

  answered(head: ResponseHead, body: Buffer | undefined, complete: boolean): void {
    if (this.#over) return
    const nowMs = performance.now()
    this.#deadlines.saw(nowMs)
    if (head.status === 503 || this.#isGrpc) {
      const lost = fieldOf(head.fields, notDeliveredField) !== undefined
      const failure = lost ? 'not delivered' : head.status === 503 ? 'unavailable' : undefined
      if (failure === 'not delivered' && this.#host) this.#route.cluster.failed(this.#host)
      if (failure && this.#mayRetry(failure)) {
        if (!complete) this.#call?.reset()
        this.#again(false)
        return
      }
    }
    const serviceMs = this.#account.answered(head.status, nowMs)
    // It ended at once, without a message.
    if (complete) this.#noteGrpc(head.fields)
    if (head.upgrade) this.#deadlines.upgraded()
    if (body) this.#account.bytesSent += body.length
    this.#replay.forget()
    const fields = fieldsToReturn(head.fields, serviceMs)
    // Over before it is told, since the side may begin the next exchange from within.
    if (complete) this.#finish()
    if (!this.#down.respond({ ...head, fields }, body, complete)) this.#call?.pause()
  }

  data(bytes: Buffer): void {
    if (this.#over) return
    this.#deadlines.saw(performance.now())
    this.#account.bytesSent += bytes.length
    if (!this.#down.write(bytes)) this.#call?.pause()
  }

  dataEnd(trailers: readonly string[]): void {
    if (this.#over) return
    this.#noteGrpc(trailers)
    this.#finish()
    this.#down.end(trailers)
  }

  failed(failure: CallFailure): void {
    if (this.#over) return
    this.#call = undefined
    if (this.#account.status !== 0) {
      // Half an answer is out already; the client must not take it for a whole one.
      this.#down.reset()
      this.#finish()
      return
    }
    if (failure === 'connect' && this.#host) this.#route.cluster.failed(this.#host)
    if (this.#mayRetry(failure)) this.#again(failure === 'stale')
    else this.#answer(answerTo[failure], failure === 'connect' || failure === 'not delivered')
  }

  callWritable(): void {
    if (!this.#over) this.#down.resumeBody()
  }

  // How it goes on.

  #try(previous: RoutedHost | undefined, fresh: boolean): void {
    const host = this.#route.cluster.pick(previous)
    if (!host) {
      this.#answer(answers.noHost, true)
      return
    }
    const wait =
      host === previous && !fresh
        ? retryPauseOf(this.#retried - 1, this.#route.settings.retryPauseMs, this.#route.random())
        : 0
    if (wait > 0) this.#pause = setTimeout(() => this.#send(host, fresh), wait)
    else this.#send(host, fresh)
  }

  #send(host: RoutedHost, fresh: boolean): void {
    if (this.#over) return
    this.#host = host
    const call = host.open(this, fresh)
    if (!call) {
      this.#answer(answers.overflow, true)
      return
    }
    this.#call = call
    const plain = this.#requestComplete && this.#trailers.length === 0
    let taken = call.send(this.#head, this.#fields, this.#replay.read(), plain)
    if (this.#requestComplete && !plain) call.end(this.#trailers)
    if (this.#requestComplete) {
      this.#account.sentAtMs = performance.now()
      taken = true
    }
    if (!taken) this.#down.pauseBody()
    else if (this.#retried > 0 && !this.#requestComplete) this.#down.resumeBody()
  }

  #again(fresh: boolean): void {
    this.#call = undefined
    this.#retried++
    this.#try(this.#host, fresh)
  }

  #mayRetry(failure: Failure): boolean {
    const { retries } = this.#route
    // One more for a kept connection that was closed under our hands: on the inbound side, too.
    const allowed = failure === 'stale' ? Math.max(retries, 1) : retries
    const { method } = this.#head
    const facts = { failure, method, retried: this.#retried, canReplay: this.#replay.isWhole }
    return shouldRetry(facts, allowed)
  }

  #keep(bytes: Buffer): void {
    this.#account.bytesReceived += bytes.length
    this.#replay.keep(bytes, this.#call !== undefined)
  }

  #noteGrpc(fields: readonly string[]): void {
    if (this.#isGrpc) this.#account.grpcStatus = fieldOf(fields, 'grpc-status')
  }

  #completed(trailers: readonly string[]): void {
    this.#requestComplete = true
    this.#trailers = trailers
    this.#deadlines.requestComplete(performance.now())
  }

  /** Ends it from here, whatever has been said so far. */
  #giveUp(answer: LocalAnswer): void {
    if (this.#over) return
    this.#call?.reset()
    this.#call = undefined
    if (this.#account.status === 0) {
      this.#answer(answer, false)
      return
    }
    this.#down.reset()
    this.#finish()
  }

  #answer(answer: LocalAnswer, notDelivered: boolean): void {
    const told = notDelivered && this.#route.side === 'inbound'
    const head = this.#isGrpc ? grpcHeadOfAnswer(answer, told) : headOfAnswer(answer, told)
    const body = this.#isGrpc ? undefined : Buffer.from(answer.body)
    this.#account.refused(answer.status, head.status, body?.length ?? 0)
    this.#noteGrpc(head.fields)
    this.#finish()
    this.#down.respond(head, body, true)
  }

  #finish(): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#pause)
    this.#call = undefined
    this.#replay.forget()
    this.#account.close(this.#head, this.#fields, this.#host?.name)
  }
}
