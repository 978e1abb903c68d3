import type { Clock } from '../clock'
import { afterCheck, nextCheckDelayMs, startingHealth } from './health-state'
import type { HealthCheckSpec } from './runtime'

/**
 * Checks one container until `stop`, and tells when its status changes. `readCheck` makes one check: true when it
 * passed, at latest after the check's timeout.
 */
export function startHealthLoop(
  spec: HealthCheckSpec,
  clock: Clock,
  readCheck: (timeoutMs: number, signal: AbortSignal) => Promise<boolean>,
  onStatus: (status: 'HEALTHY' | 'UNHEALTHY') => void,
): { stop(): void } {
  const ended = new AbortController()
  let state = startingHealth(clock.now())
  let made = 0
  let cancel = (): void => undefined

  const schedule = (): void => {
    cancel = clock.after(nextCheckDelayMs(state, made, spec), () => void check())
  }
  const check = async (): Promise<void> => {
    const passed = await readCheck(spec.timeoutSeconds * 1000, ended.signal)
    if (ended.signal.aborted) return
    made++
    const before = state.status
    state = afterCheck(state, passed, clock.now(), spec)
    if (state.status !== before && state.status !== 'UNKNOWN') onStatus(state.status)
    schedule()
  }
  schedule()
  return {
    stop() {
      ended.abort()
      cancel()
    },
  }
}
