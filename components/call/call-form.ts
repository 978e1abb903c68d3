import type { Method, Via } from '@/lib/probe/trip'

/** What the form holds. `port` null: whatever discovery says. */
export type CallForm = {
  readonly method: Method
  readonly path: string
  readonly via: Via
  readonly port: number | null
  readonly count: number
}
