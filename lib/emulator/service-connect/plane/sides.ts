import type { RequestHead, ResponseHead } from './message'
import type { Failure } from './retry/decide'

/** The side that a request came from, as one exchange uses it. */
export type Downstream = {
  /** False: not all of it is on its way yet; `writable` is told when it is. */
  respond(head: ResponseHead, body: Buffer | undefined, complete: boolean): boolean
  write(bytes: Buffer): boolean
  end(trailers: readonly string[]): void
  /** The answer cannot be finished: the other side sees that it was cut off. */
  reset(): void
  pauseBody(): void
  resumeBody(): void
  /** The exchange has a deadline at this time, of `performance.now`. */
  deadline(atMs: number): void
}

/** One try to have a request answered by a host. */
export type UpstreamCall = {
  send(head: RequestHead, fields: readonly string[], body: Buffer | undefined, complete: boolean): boolean
  write(bytes: Buffer): boolean
  end(trailers: readonly string[]): void
  /** Nobody waits for the answer any more. */
  reset(): void
  pause(): void
  resume(): void
}

/** Why a call came to nothing; a 503 is an answer. */
export type CallFailure = Exclude<Failure, 'unavailable'>

/** What a call tells the exchange that it belongs to. */
export type CallEvents = {
  answered(head: ResponseHead, body: Buffer | undefined, complete: boolean): void
  data(bytes: Buffer): void
  dataEnd(trailers: readonly string[]): void
  failed(failure: CallFailure): void
  /** What was written has left; go on. */
  callWritable(): void
}

/** A place that requests are sent to. */
export type Host = {
  /** `127.10.0.5:3000`. */
  readonly name: string
  /** Undefined: too many connections. `fresh`: not one that was kept. */
  open(events: CallEvents, fresh: boolean): UpstreamCall | undefined
}
