import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Journal } from '@/lib/plan/journal'
import { type Owner, ownerOf } from '@/lib/plan/journal/owner'
import { openJournal } from '@/lib/plan/journal/sqlite'
import type { Plan } from '@/lib/plan/plan'
import type { Actor } from '@/lib/plan/run/record'
import type { Run } from '@/lib/plan/run-state'
import { type Runner, startRunner } from '@/lib/plan/runner'
import { makeTarget, type Target } from '@/lib/target/current'
import { targetFromEnv } from '@/lib/target/settings'

export const tester: Actor = { sessionId: 'session-of-a-test', role: 'operator', address: '127.0.0.1' }

/** A console without pages: a target, a journal in a folder of its own, and its runner. */
export type PlanScene = {
  readonly target: Target
  readonly runner: Runner
  /** How often the map was told to look. */
  looks(): number
  /** Runs a plan and waits until it rests. */
  run(plan: Plan, intentId?: string): Promise<Run>
  retry(id: string): Promise<Run>
  undo(id: string, goOver?: boolean): Promise<Run>
  stop(): Promise<void>
}

/** In memory where there is such a folder: a journal waits for the disk at each write, and no test cuts the power. */
const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A folder for a journal, removed by `remove`. */
export async function makeStateFolder() {
  const folder = await mkdtemp(join(parent, 'switchboard-plan-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

let count = 0
const nextCount = () => {
  count += 1
  return count
}

/** An intent that no other test has. */
export const newIntent = () => `intent-${nextCount()}`

/** The target that a console for a local cloud at `url` has. */
export function targetAt(url: string, more: Record<string, string> = {}): Target {
  const env = { SWITCHBOARD_TARGET: 'local', SWITCHBOARD_ENDPOINT_URL: url, ...more }
  const target = makeTarget(targetFromEnv(env), env)
  target.pinnedAccountId = '000000000000'
  return target
}

/** The runner of a console at `url` with its journal in `folder`; `owner`: its process, this one unless told. */
export function startScene(
  url: string,
  folder: string,
  more: {
    readonly target?: Target
    readonly owner?: Owner
    readonly openJournal?: () => Promise<Journal>
    readonly lookUpMs?: number
  } = {},
): PlanScene {
  const target = more.target ?? targetAt(url)
  let looks = 0
  const runner = startRunner({
    openJournal: more.openJournal ?? (() => openJournal(folder, more.owner ?? ownerOf(process.pid))),
    target: () => target,
    lookAfterChange: () => {
      looks += 1
    },
    time: { now: Date.now, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
    pace: { firstMs: 5, longestMs: 40 },
    lookUpMs: more.lookUpMs ?? 2_000,
    makeId: () => `run-${nextCount()}`,
  })
  return {
    target,
    runner,
    looks: () => looks,
    async run(plan, intentId = newIntent()) {
      const { runId } = await runner.start({ intentId, kind: 'test', plan, by: tester })
      return runner.ended(runId)
    },
    async retry(id) {
      await runner.retry(id, tester)
      return runner.ended(id)
    },
    async undo(id, goOver = false) {
      await runner.undo(id, tester, goOver)
      return runner.ended(id)
    },
    async stop() {
      target.clients().stop()
      await runner.stop()
    },
  }
}
