import type { Method, Via } from '@/lib/probe/trip'

/** What the form holds. `port` null: whatever discovery says. */
export type CallForm = {
  /** Node id of the service from whose task the call is made; null: this console. */
  readonly from: string | null
  readonly method: Method
  readonly path: string
  readonly via: Via
  readonly port: number | null
  readonly count: number
}
