import 'server-only'
import pLimit from 'p-limit'
import { holeFromError } from '@/lib/target/hole'
import type { TargetSettings } from '@/lib/target/settings'
import { bucketOf } from './call-budget'
import type { Hole, TargetKind } from './model'
import { makeTokenBucket, type TokenBucket } from './token-bucket'

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly hole: Hole }

/** All pages, or those before the one that failed. */
export type Pages<T> = { readonly items: readonly T[]; readonly hole: Hole | null }

/** One reading of the world: sends calls within limits and counts them. */
export type Cycle = {
  call<T>(operation: string, subject: string | null, send: () => Promise<T>): Promise<Outcome<T>>
  /** Follows the token, never the page's length: Cloud Map filters after it pages, so a page may be empty. */
  pages<P, T>(
    operation: string,
    subject: string | null,
    send: (token: string | undefined) => Promise<P>,
    read: (page: P) => { readonly items: readonly T[]; readonly token: string | undefined },
  ): Promise<Pages<T>>
  readonly calls: () => number
}

/** How calls are paced; kept from cycle to cycle, because AWS's buckets are. */
export type Pace = { run<T>(operation: string, work: () => Promise<T>): Promise<T> }

const CONCURRENCY: Readonly<Record<TargetKind, number>> = { local: 24, endpoint: 12, aws: 12 }

export type Time = { now(): number; sleep(ms: number): Promise<void> }

/** AWS targets draw from AWS's buckets (half of each); others are only kept from being flooded. */
export function makePace(kind: TargetKind, time: Time): Pace {
  const limit = pLimit(CONCURRENCY[kind])
  const buckets = new Map<string, TokenBucket>()
  const wait = async (operation: string) => {
    if (kind !== 'aws') return
    const size = bucketOf(operation)
    const bucket = buckets.get(size.name) ?? makeTokenBucket(size)
    buckets.set(size.name, bucket)
    const waitMs = bucket.take(time.now())
    if (waitMs > 0) await time.sleep(waitMs)
  }
  return {
    async run(operation, work) {
      await wait(operation)
      return limit(work)
    },
  }
}

/** More pages than any account has; a token that never ends must not hold the map. */
const MOST_PAGES = 1_000

export function startCycle(settings: TargetSettings, pace: Pace, time: Time): Cycle {
  let calls = 0
  const call: Cycle['call'] = async (operation, subject, send) => {
    try {
      const value = await pace.run(operation, () => {
        calls += 1
        return send()
      })
      return { ok: true, value }
    } catch (error) {
      return { ok: false, hole: holeFromError(error, { operation, subject }, settings, time.now()) }
    }
  }
  return {
    call,
    calls: () => calls,
    async pages(operation, subject, send, read) {
      const items = []
      const seen = new Set<string>()
      let token: string | undefined
      for (let page = 0; page < MOST_PAGES; page++) {
        const outcome = await call(operation, subject, () => send(token))
        if (!outcome.ok) return { items, hole: outcome.hole }
        const { items: more, token: next } = read(outcome.value)
        items.push(...more)
        if (!next || seen.has(next)) return { items, hole: null }
        seen.add(next)
        token = next
      }
      return { items, hole: null }
    },
  }
}
