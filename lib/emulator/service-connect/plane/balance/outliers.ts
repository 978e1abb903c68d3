import type { PlaneSettings } from '../settings'

type Limits = Pick<PlaneSettings, 'failuresToAvoid' | 'failureWindowMs' | 'avoidMs' | 'avoidMaxMs'>

/** What is remembered of one host's failed connections. */
export type HostRecord = {
  /** When its connections failed, oldest first; only those of the window. */
  readonly failuresMs: readonly number[]
  /** How often it was avoided of late. */
  readonly timesAvoided: number
  /** Not asked before this. */
  readonly avoidedUntilMs: number
}

export const freshRecord: HostRecord = { failuresMs: [], timesAvoided: 0, avoidedUntilMs: 0 }

export const isAvoided = (record: HostRecord, nowMs: number): boolean => nowMs < record.avoidedUntilMs

/**
 * After a connection to the host has failed. Enough of them within the window and it is avoided, each time longer (ECS
 * developer guide: 5 or more failed connections within 30 s, avoided for 30 to 300 s). `mayAvoid` is false when no other
 * host would be left.
 */
export function afterFailure(
  record: HostRecord,
  nowMs: number,
  limits: Limits,
  mayAvoid: boolean,
): HostRecord {
  const recent = record.failuresMs.filter((at) => at > nowMs - limits.failureWindowMs)
  const failuresMs = [...recent, nowMs].slice(-limits.failuresToAvoid)
  if (isAvoided(record, nowMs) || failuresMs.length < limits.failuresToAvoid || !mayAvoid)
    return { ...record, failuresMs }
  // Envoy forgets one ejection for each interval that a host did well; here one for each longest time.
  const wellForMs = record.timesAvoided > 0 ? nowMs - record.avoidedUntilMs : 0
  const remembered = Math.max(0, record.timesAvoided - Math.floor(wellForMs / limits.avoidMaxMs))
  const timesAvoided = remembered + 1
  const avoidedForMs = Math.min(limits.avoidMs * timesAvoided, limits.avoidMaxMs)
  return { failuresMs: [], timesAvoided, avoidedUntilMs: nowMs + avoidedForMs }
}
