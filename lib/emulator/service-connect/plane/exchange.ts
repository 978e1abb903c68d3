import { fieldsToReturn, fieldsToSend } from './field-rules'
import {
  answers,
  grpcHeadOfAnswer,
  headOfAnswer,
  type LocalAnswer,
  notDeliveredField,
  refusal,
} from './local-answer'
import { fieldOf, type RequestHead, type ResponseHead } from './message'
import { type Failure, retryPauseOf, shouldRetry } from './retry/decide'
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
  readonly #startedAtMs = performance.now()
  #call: UpstreamCall | undefined
  #host: RoutedHost | undefined
  #retried = 0
  #retrying = false
  #pause: NodeJS.Timeout | undefined
  /** What of the body has to be sent again in another try. */
  #replay: Buffer[] = []
  #replayBytes = 0
  #canReplay = true
  #trailers: readonly string[] = []
  #requestComplete = false
  #completeAtMs = Number.POSITIVE_INFINITY
  #sentAtMs = 0
  #lastByteMs = this.#startedAtMs
  #status = 0
  #flags = ''
  #serviceMs: number | undefined
  #bytesReceived = 0
  #bytesSent = 0
  #upgraded = false
  #over = false

  constructor(route: Route, down: Downstream, head: RequestHead) {
    this.#route = route
    this.#down = down
    this.#head = head
    this.#fields = fieldsToSend(head.fields, route.limits.requestMs, route.newId)
    route.cluster.activeRequests++
    const { counter } = route
    counter.requests++
    this.#isGrpc = isGrpc(head)
    if (this.#isGrpc) counter.grpcRequests++
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
    if (!this.#over) this.#down.deadline(this.#dueAt())
  }

  body(bytes: Buffer): void {
    if (this.#over) return
    this.#lastByteMs = performance.now()
    this.#keep(bytes)
    // Between two tries: it is kept and sent with the next one.
    if (!this.#call?.write(bytes)) this.#down.pauseBody()
  }

  bodyEnd(trailers: readonly string[]): void {
    if (this.#over) return
    this.#completed(trailers)
    this.#sentAtMs = performance.now()
    this.#down.deadline(this.#dueAt())
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
    this.#flags ||= 'DC'
    this.#finish()
  }

  /** The client takes bytes again. */
  downWritable(): void {
    this.#call?.resume()
  }

  /** Does what is due; the next time limit, Infinity when there is none. */
  due(nowMs: number): number {
    if (this.#over) return Number.POSITIVE_INFINITY
    const at = this.#dueAt()
    if (nowMs < at) return at
    if (nowMs >= this.#completeAtMs + this.#route.limits.requestMs && !this.#upgraded)
      this.#giveUp(answers.requestTimeout)
    else this.#giveUp(this.#requestComplete ? answers.idleTimeout : answers.slowRequest)
    return Number.POSITIVE_INFINITY
  }

  #dueAt(): number {
    const { idleMs, requestMs } = this.#route.limits
    const idleAt = this.#lastByteMs + idleMs
    return this.#upgraded ? idleAt : Math.min(idleAt, this.#completeAtMs + requestMs)
  }

  // What the call tells.

  answered(head: ResponseHead, body: Buffer | undefined, complete: boolean): void {
    if (this.#over) return
    const nowMs = performance.now()
    this.#lastByteMs = nowMs
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
    this.#endRetry()
    this.#status = head.status
    this.#route.counter.status(head.status)
    // Before the request was whole there is no "last byte sent" to measure from.
    this.#serviceMs = this.#sentAtMs > 0 ? nowMs - this.#sentAtMs : nowMs - this.#startedAtMs
    this.#route.counter.times.add(this.#serviceMs)
    if (head.upgrade) this.#upgraded = true
    if (body) this.#bytesSent += body.length
    this.#forget()
    const fields = fieldsToReturn(head.fields, this.#serviceMs)
    // Over before it is told, since the side may begin the next exchange from within.
    if (complete) this.#finish()
    if (!this.#down.respond({ ...head, fields }, body, complete)) this.#call?.pause()
  }

  data(bytes: Buffer): void {
    if (this.#over) return
    this.#lastByteMs = performance.now()
    this.#bytesSent += bytes.length
    if (!this.#down.write(bytes)) this.#call?.pause()
  }

  dataEnd(trailers: readonly string[]): void {
    if (this.#over) return
    this.#finish()
    this.#down.end(trailers)
  }

  failed(failure: CallFailure): void {
    if (this.#over) return
    this.#call = undefined
    if (this.#status !== 0) {
      // Half an answer is out already; the client must not take it for a whole one.
      this.#flags ||= failure === 'protocol' ? 'UPE' : 'UC'
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
    const body = this.#replay.length > 1 ? Buffer.concat(this.#replay) : this.#replay[0]
    const plain = this.#requestComplete && this.#trailers.length === 0
    let taken = call.send(this.#head, this.#fields, body, plain)
    if (this.#requestComplete && !plain) call.end(this.#trailers)
    if (this.#requestComplete) {
      this.#sentAtMs = performance.now()
      taken = true
    }
    if (!taken) this.#down.pauseBody()
    else if (this.#retried > 0 && !this.#requestComplete) this.#down.resumeBody()
  }

  #again(fresh: boolean): void {
    this.#call = undefined
    this.#endRetry()
    this.#retried++
    this.#retrying = true
    this.#route.cluster.activeRetries++
    this.#try(this.#host, fresh)
  }

  #mayRetry(failure: Failure): boolean {
    const { cluster, retries } = this.#route
    // One more for a kept connection that was closed under our hands: on the inbound side, too.
    const allowed = failure === 'stale' ? Math.max(retries, 1) : retries
    return shouldRetry(
      {
        failure,
        method: this.#head.method,
        retried: this.#retried,
        canReplay: this.#canReplay,
        activeRequests: cluster.activeRequests,
        activeRetries: cluster.activeRetries,
      },
      allowed,
    )
  }

  #endRetry(): void {
    if (!this.#retrying) return
    this.#retrying = false
    this.#route.cluster.activeRetries--
  }

  #keep(bytes: Buffer): void {
    this.#bytesReceived += bytes.length
    if (!this.#canReplay) return
    this.#replayBytes += bytes.length
    // Before there is a call it is not sent yet, and must not be lost.
    if (this.#replayBytes > this.#route.settings.replayBytes && this.#call) this.#forget()
    else this.#replay.push(bytes)
  }

  /** From here on there is no other try. */
  #forget(): void {
    this.#canReplay = false
    this.#replay = []
  }

  #completed(trailers: readonly string[]): void {
    this.#requestComplete = true
    this.#trailers = trailers
    this.#completeAtMs = this.#lastByteMs = performance.now()
  }

  /** Ends it from here, whatever has been said so far. */
  #giveUp(answer: LocalAnswer): void {
    if (this.#over) return
    this.#call?.reset()
    this.#call = undefined
    if (this.#status === 0) {
      this.#answer(answer, false)
      return
    }
    this.#flags ||= answer.flags
    this.#down.reset()
    this.#finish()
  }

  #answer(answer: LocalAnswer, notDelivered: boolean): void {
    this.#endRetry()
    this.#status = answer.status
    this.#flags = answer.flags
    this.#route.counter.status(answer.status)
    this.#bytesSent = Buffer.byteLength(answer.body)
    const told = notDelivered && this.#route.side === 'inbound'
    this.#finish()
    if (this.#isGrpc) this.#down.respond(grpcHeadOfAnswer(answer, told), undefined, true)
    else this.#down.respond(headOfAnswer(answer, told), Buffer.from(answer.body), true)
  }

  #finish(): void {
    if (this.#over) return
    this.#over = true
    this.#endRetry()
    clearTimeout(this.#pause)
    this.#call = undefined
    this.#forget()
    this.#route.cluster.activeRequests--
    this.#route.access?.({
      startedAtMs: Date.now() - (performance.now() - this.#startedAtMs),
      method: this.#head.method,
      path: this.#head.path,
      protocol: this.#head.protocol,
      status: this.#status,
      flags: this.#flags,
      bytesReceived: this.#bytesReceived,
      bytesSent: this.#bytesSent,
      durationMs: performance.now() - this.#startedAtMs,
      serviceMs: this.#serviceMs,
      forwardedFor: fieldOf(this.#head.fields, 'x-forwarded-for'),
      userAgent: fieldOf(this.#head.fields, 'user-agent'),
      requestId: fieldOf(this.#fields, 'x-request-id'),
      authority: this.#head.authority,
      upstreamHost: this.#host?.name,
    })
  }
}

const answerTo: Readonly<Record<CallFailure, LocalAnswer>> = {
  connect: answers.connect,
  'not delivered': answers.connect,
  stale: answers.reset,
  reset: answers.reset,
  protocol: answers.protocol,
}

const isGrpc = (head: RequestHead): boolean =>
  head.protocol === 'HTTP/2' &&
  (fieldOf(head.fields, 'content-type')?.startsWith('application/grpc') ?? false)
