import { openJournal } from '@/lib/plan/journal/sqlite'
import type { Plan } from '@/lib/plan/plan'
import { canRetry, canUndo, type Run } from '@/lib/plan/run-state'
import { arm, type FaultPoint, mortalJournal } from './fault-points'
import { mendCalls, unmetFaults } from './faults'
import { type Left, leftOnce } from './left-in-cloud'
import { newIntent, type PlanScene, tester } from './plan-scene'
import type { Stage } from './stage'

/** How one leaves a failed run; `undo again`: what fails is an undo, and it is undone again. */
export type Way = 'retry' | 'undo' | 'undo again'

/** A step, what goes wrong there, and the way out. */
export type Case = { readonly stepId: string; readonly point: FaultPoint; readonly way: Way }

/** No process has this id: the kernel gives none above 2^22 (proc(5), pid_max). */
const deadOwner = { pid: 2 ** 22 + 1, started: '' }

/** A wait that a test would not sit out. */
const IMPATIENT_MS = 1_000
const impatientAt = (plan: Plan, stepId: string): Plan => ({
  ...plan,
  steps: plan.steps.map((step) =>
    step.id !== stepId
      ? step
      : {
          ...step,
          after: step.after && { ...step.after, timeoutMs: IMPATIENT_MS },
          undo: step.undo.possible
            ? {
                ...step.undo,
                calls: step.undo.calls.map((call) => ({
                  ...call,
                  wait: call.wait && { ...call.wait, timeoutMs: IMPATIENT_MS },
                })),
              }
            : step.undo,
        },
  ),
})

export type Outcome = {
  /** The run as it rested after the fault. */
  readonly rested: Run
  /** The run after the way out; null: there was nothing to take back. */
  readonly run: Run | null
  readonly left: Left
  /** Faults that no call ran into: then the case says nothing. */
  readonly unmet: readonly string[]
}

async function leave(scene: PlanScene, run: Run, way: Way): Promise<Run | null> {
  if (way === 'retry') return canRetry(run) ? scene.retry(run.id) : run
  return canUndo(run) ? scene.undo(run.id) : run.state === 'undone' ? run : null
}

/** Runs a plan to its end; says what there is then. */
export async function runThrough(
  stage: Stage,
  plan: Plan,
  isWanted: (left: Left) => boolean,
): Promise<{ readonly run: Run; readonly left: Left }> {
  return { run: await stage.console().run(plan), left: await leftOnce(stage.cloud, isWanted) }
}

/** Runs a plan into a fault, mends it, and takes the way out; says what is left in the target then. */
export async function runInto(
  stage: Stage,
  plan: Plan,
  { stepId, point, way }: Case,
  isWanted: (left: Left) => boolean,
): Promise<Outcome> {
  const { cloud } = stage
  const inUndo = way === 'undo again'
  const journal = point.death ? await openJournal(stage.folder, deadOwner) : stage.journal
  const mortal = mortalJournal(journal, stepId, { death: point.death, inUndo }, () =>
    arm(cloud.url, point.afterwards),
  )
  const first = stage.console({ openJournal: async () => mortal.journal, lookUpMs: 100 })
  const held = point.faults.some(({ kind }) => kind === 'hold-operation')
  const wanted = held ? impatientAt(plan, stepId) : plan
  if (!inUndo) await arm(cloud.url, point.faults)
  const { runId } = await first.runner.start({
    intentId: newIntent(),
    kind: 'test',
    plan: wanted,
    by: tester,
  })
  if (inUndo) {
    const { state, differences, steps } = await first.runner.ended(runId)
    if (state !== 'done')
      throw new Error(`It was not done before the fault: ${JSON.stringify({ state, differences, steps })}`)
    await arm(cloud.url, point.faults)
    // The faults are for what an undo sends and waits for, not for its look at what came later.
    await first.runner.undo(runId, tester, true)
  }
  const ended = point.death ? await mortal.died : await first.runner.ended(runId)
  const unmet = await unmetFaults(cloud.url)
  await mendCalls(cloud.url)
  if (point.death) await journal.close()
  const second = point.death ? stage.console() : first
  const rested = ended ?? (await second.runner.ended(runId))
  const run = await leave(second, rested, way)
  return { rested, run, left: await leftOnce(cloud, isWanted), unmet }
}
