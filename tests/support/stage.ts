import type { Journal } from '@/lib/plan/journal'
import { ownerOf } from '@/lib/plan/journal/owner'
import { openJournal } from '@/lib/plan/journal/sqlite'
import type { Plan } from '@/lib/plan/plan'
import type { Target } from '@/lib/target/current'
import { type ChangeScene, startsEmpty } from './change-scenes'
import { startTestCloud, type TestCloud } from './local-cloud'
import { makeStateFolder, type PlanScene, startScene, targetAt } from './plan-scene'
import { planIn } from './world-of'

/** A local cloud that can be broken, where consoles come and go: they share SDK clients and the folder of the journal. */
export type Stage = {
  readonly cloud: TestCloud
  readonly target: Target
  readonly folder: string
  /** Of this process. */
  readonly journal: Journal
  /** A console of this process; there is nothing to stop. */
  console(more?: { readonly openJournal?: () => Promise<Journal>; readonly lookUpMs?: number }): PlanScene
  stop(): Promise<void>
}

export async function startStage(): Promise<Stage> {
  const cloud = await startTestCloud({ faults: true, endpointRemovalMs: 20 })
  const target = targetAt(cloud.url)
  const state = await makeStateFolder()
  const journal = await openJournal(state.folder, ownerOf(process.pid))
  return {
    cloud,
    target,
    folder: state.folder,
    journal,
    console: (more) =>
      startScene(cloud.url, state.folder, { target, openJournal: async () => journal, ...more }),
    async stop() {
      target.clients().stop()
      await journal.close()
      await state.remove()
      await cloud.stop()
    },
  }
}

/** How a scene begins: the change's input and the plan that a console makes of it. */
export type Beginning = { readonly input: unknown; readonly plan: Plan }

/** Empties a stage and makes what a scene begins with. */
export async function begin({ cloud, target }: Stage, scene: ChangeScene): Promise<Beginning> {
  await cloud.reset()
  const input = await scene.prepare(cloud)
  return { input, plan: await planIn(target, scene.kind, input) }
}

const stepsOf = ({ steps }: Plan) => JSON.stringify(steps.map(({ id, command }) => [id, command]))

/**
 * Begins a scene again. Where it begins with nothing the plan stays the same; where an undo has left all as it was before, what was made
 * for the scene serves once more.
 */
export async function beginAgain(
  stage: Stage,
  scene: ChangeScene,
  { last, isAsBefore }: { readonly last: Beginning; readonly isAsBefore: boolean },
): Promise<Beginning> {
  if (startsEmpty(scene)) {
    if (!isAsBefore) await stage.cloud.reset()
    return last
  }
  if (isAsBefore) {
    const plan = await planIn(stage.target, scene.kind, last.input)
    if (stepsOf(plan) === stepsOf(last.plan)) return { input: last.input, plan }
  }
  return begin(stage, scene)
}
