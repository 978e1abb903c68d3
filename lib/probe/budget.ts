import { type Bucket, type BucketSize, draw } from './bucket'

/**
 * How much calling is allowed, so that the console is neither a port scanner nor a load generator. A person who presses
 * Call, or Call ×500 now and then, never meets these.
 */
export type BudgetLimits = {
  /** Runs at the same moment. */
  readonly runsAtOncePerSession: number
  readonly runsAtOnce: number
  /** Starting a run. */
  readonly runs: BucketSize
  /** The calls of all runs of a session. */
  readonly calls: BucketSize
}

export const budgetLimits: BudgetLimits = {
  runsAtOncePerSession: 4,
  runsAtOnce: 16,
  runs: { capacity: 10, perSecond: 5 },
  calls: { capacity: 2_000, perSecond: 100 },
}

export type Refusal = {
  readonly code: 'TooManyRuns' | 'TooManyRunsOfYours' | 'TooFast' | 'TooManyCalls'
  readonly message: string
  readonly remedy: string
  /** When it is worth trying again; null: when a run has ended. */
  readonly retryAfterMs: number | null
}

export type Budget = {
  /** Counts a run of `calls` calls in. `end` must be called once when the run is over, however it ends. */
  begin(
    sessionId: string,
    calls: number,
  ): { readonly refusal: Refusal } | { readonly refusal: null; end(): void }
}

/** Sessions remembered; the oldest is forgotten first, and starts with full buckets again. */
const maxSessions = 1_000

const inSeconds = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1000))} s`

type Account = { atOnce: number; runs: Bucket | undefined; calls: Bucket | undefined }

/**
 * Keeps the budget of all sessions of this process.
 *
 * @param now milliseconds of a monotonic clock
 */
export const makeBudget = (limits: BudgetLimits, now: () => number): Budget => {
  const accounts = new Map<string, Account>()
  let atOnce = 0

  const accountOf = (sessionId: string): Account => {
    const account = accounts.get(sessionId) ?? { atOnce: 0, runs: undefined, calls: undefined }
    accounts.delete(sessionId)
    accounts.set(sessionId, account)
    for (const [id, old] of accounts) {
      if (accounts.size <= maxSessions) break
      if (old.atOnce === 0) accounts.delete(id)
    }
    return account
  }

  const refusalFor = (account: Account, calls: number): Refusal | null => {
    if (account.atOnce >= limits.runsAtOncePerSession)
      return {
        code: 'TooManyRunsOfYours',
        message: `${account.atOnce} runs of yours are still going.`,
        remedy: 'Stop one, or wait until one has ended.',
        retryAfterMs: null,
      }
    if (atOnce >= limits.runsAtOnce)
      return {
        code: 'TooManyRuns',
        message: `This console makes ${limits.runsAtOnce} runs at once, and all are taken.`,
        remedy: 'Try again when a colleague’s run has ended.',
        retryAfterMs: null,
      }
    const run = draw(account.runs, limits.runs, 1, now())
    account.runs = run.bucket
    if (!run.granted)
      return {
        code: 'TooFast',
        message: `More than ${limits.runs.perSecond} runs per second.`,
        remedy: `Wait ${inSeconds(run.retryAfterMs)}, or use ×N for many calls.`,
        retryAfterMs: run.retryAfterMs,
      }
    const drawn = draw(account.calls, limits.calls, calls, now())
    account.calls = drawn.bucket
    if (!drawn.granted)
      return {
        code: 'TooManyCalls',
        message: `More than ${limits.calls.capacity} calls in a short time; the console is no load generator.`,
        remedy: `Wait ${inSeconds(drawn.retryAfterMs)}, or make fewer calls.`,
        retryAfterMs: drawn.retryAfterMs,
      }
    return null
  }

  return {
    begin(sessionId, calls) {
      const account = accountOf(sessionId)
      const refusal = refusalFor(account, calls)
      if (refusal) return { refusal }
      account.atOnce += 1
      atOnce += 1
      let ended = false
      return {
        refusal: null,
        end() {
          if (ended) return
          ended = true
          account.atOnce -= 1
          atOnce -= 1
        },
      }
    },
  }
}
