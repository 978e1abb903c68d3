import { makeMetricStore } from '@/lib/emulator/cloudwatch/store'
import { defaultConfig, type EmulatorConfig } from '@/lib/emulator/config'
import type { Context } from '@/lib/emulator/context'
import { type FaultSwitchboard, makeFaultSwitchboard } from '@/lib/emulator/control/fault-switchboard'
import { makeExecSessions } from '@/lib/emulator/exec/sessions'
import type { Ids } from '@/lib/emulator/ids'
import { makeLogStore } from '@/lib/emulator/logs/store'
import { notStarted } from '@/lib/emulator/runtime/exec-process'
import type { Runtime } from '@/lib/emulator/runtime/runtime'
import { makeRegions, type Regions } from '@/lib/emulator/state/region'
import { type ManualClock, makeManualClock } from './manual-clock'

export const testScope = { accountId: '111122223333', region: 'us-east-1' }

/** Identifiers that count up, so that a test can tell them apart. */
export function makeCountingIds(): Ids {
  let count = 0
  const padded = (length: number) => {
    count += 1
    return String(count).padStart(length, '0')
  }
  return {
    uuid: () => `00000000-0000-4000-8000-${padded(12)}`,
    hex: padded,
    digits: (length) => `1${padded(length - 1)}`,
    alphanumeric: padded,
  }
}

/** A runtime that holds addresses and tells nothing; for tests of operations that never start a task. */
export const makeIdleRuntime = (): Runtime => {
  let next = 1
  return {
    name: 'simulated',
    lowestPort: 0,
    canExecute: true,
    execute: (_target, _size, events) => notStarted('an idle task has no processes', events),
    allocateAddress: () => `127.10.0.${next++}`,
    allocateProxyAddresses: (aliasCount) => ({
      inner: `127.10.0.${next++}`,
      aliases: Array.from({ length: aliasCount }, () => `127.255.0.${next++}`),
    }),
    releaseAddress() {},
    setInstances() {},
    start() {},
    stop() {},
    close: async () => {},
  }
}

export type TestContext = Context & {
  readonly clock: ManualClock
  readonly lines: string[]
  readonly faults: FaultSwitchboard
}

/** What a handler gets, with a clock that the test moves and the log lines kept in `lines`. */
export function makeTestContext(
  config: Partial<EmulatorConfig> = {},
  regions: Regions = makeRegions(),
): TestContext {
  const lines: string[] = []
  const clock = makeManualClock()
  const ids = makeCountingIds()
  return {
    config: { ...defaultConfig, ...config },
    clock,
    ids,
    exec: makeExecSessions({ clock, ids, place: () => '127.0.0.1:4680' }),
    log: (level, message) => lines.push(`${level} ${message}`),
    lines,
    regions,
    runtime: makeIdleRuntime(),
    logs: makeLogStore(),
    metrics: makeMetricStore(),
    random: () => 0.5,
    faults: makeFaultSwitchboard(),
    wakeScheduler() {},
    state: regions.of(testScope),
    scope: testScope,
  }
}
