import { ownerOf } from '@/lib/plan/journal/owner'
import { openJournal } from '@/lib/plan/journal/sqlite'
import type { Plan } from '@/lib/plan/plan'
import { canRetry, canUndo, type Run } from '@/lib/plan/run-state'
import type { ChangeScene } from './change-scenes'
import { arm, type FaultPoint, mortalJournal } from './fault-points'
import { mendCalls, unmetFaults } from './faults'
import { type Left, leftIn, leftOnce } from './left-in-cloud'
import type { TestCloud } from './local-cloud'
import { makeStateFolder, newIntent, type PlanScene, startScene, tester } from './plan-scene'
import { planIn } from './world-of'

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
  cloud: TestCloud,
  plan: Plan,
  isWanted: (left: Left) => boolean,
): Promise<{ readonly run: Run; readonly left: Left }> {
  const state = await makeStateFolder()
  const scene = startScene(cloud.url, state.folder)
  try {
    return { run: await scene.run(plan), left: await leftOnce(cloud, isWanted) }
  } finally {
    await scene.stop()
    await state.remove()
  }
}

/** Runs a plan into a fault, mends it, and takes the way out; says what is left in the target then. */
export async function runInto(
  cloud: TestCloud,
  plan: Plan,
  { stepId, point, way }: Case,
  isWanted: (left: Left) => boolean,
): Promise<Outcome> {
  const inUndo = way === 'undo again'
  const state = await makeStateFolder()
  const journal = await openJournal(state.folder, point.death ? deadOwner : ownerOf(process.pid))
  const mortal = mortalJournal(journal, stepId, { death: point.death, inUndo }, () =>
    arm(cloud.url, point.afterwards),
  )
  const first = startScene(cloud.url, state.folder, {
    openJournal: async () => mortal.journal,
    lookUpMs: 100,
  })
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
    await first.runner.ended(runId)
    await arm(cloud.url, point.faults)
    await first.runner.undo(runId, tester)
  }
  const ended = point.death ? await mortal.died : await first.runner.ended(runId)
  const unmet = await unmetFaults(cloud.url)
  await mendCalls(cloud.url)
  if (point.death) await journal.close()
  const second = point.death ? startScene(cloud.url, state.folder) : first
  try {
    const rested = ended ?? (await second.runner.ended(runId))
    const run = await leave(second, rested, way)
    return { rested, run, left: await leftOnce(cloud, isWanted), unmet }
  } finally {
    await second.stop()
    if (point.death) first.target.clients().stop()
    await state.remove()
  }
}

/** The plan of a change in its scene, made anew, and what was there before. */
export async function planOfScene(
  cloud: TestCloud,
  scene: ChangeScene,
): Promise<{ readonly plan: Plan; readonly before: Left }> {
  await cloud.reset()
  const input = await scene.prepare(cloud)
  const console = startScene(cloud.url, '')
  try {
    return { plan: await planIn(console.target, scene.kind, input), before: await leftIn(cloud) }
  } finally {
    console.target.clients().stop()
  }
}
