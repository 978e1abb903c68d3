/** Why a try came to nothing. */
export type Failure =
  /** No connection: nothing of the request has reached anybody. */
  | 'connect'
  /** A kept connection was closed before a byte of the answer came. */
  | 'stale'
  /** Closed or reset before the answer. */
  | 'reset'
  /** What came was no answer. */
  | 'protocol'
  /** The other side answered 503 … */
  | 'unavailable'
  /** … and said that its application never got the request; or it refused an HTTP/2 stream unseen. */
  | 'not delivered'

export type RetryFacts = {
  readonly failure: Failure
  readonly method: string
  /** Retries of this request so far. */
  readonly retried: number
  /** Everything of the body that was sent is still here. */
  readonly canReplay: boolean
}

const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

/**
 * Whether to try again. As AWS: twice at most, on a failed connection and on 503. How many requests are repeated at once is not
 * bounded: with Envoy's own three (max_retries) calls would be lost whenever an instance dies with more of them open, and App
 * Mesh, which Service Connect's proxy comes from, sets the bound so high that there is none (App Mesh user guide, "Envoy
 * defaults set by App Mesh"). Differs from AWS in one thing: Service Connect also repeats requests that are not idempotent
 * after a 503, which can do a thing twice; here they are repeated only when nothing of them reached an application.
 */
export function shouldRetry(facts: RetryFacts, retries: number): boolean {
  if (facts.retried >= retries || !facts.canReplay) return false
  switch (facts.failure) {
    case 'connect':
    case 'not delivered':
      return true
    case 'stale':
    case 'reset':
    case 'unavailable':
      return idempotent.has(facts.method)
    case 'protocol':
      return false
  }
}

/** How long to wait before asking the same host again; another one is asked at once. `chance` in [0, 1). */
export const retryPauseOf = (retried: number, pauseMs: number, chance: number): number =>
  Math.floor(chance * pauseMs * (2 ** (retried + 1) - 1))
