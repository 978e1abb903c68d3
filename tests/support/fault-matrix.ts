import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Plan } from '@/lib/plan/plan'
import { type ChangeScene, changeScenes } from './change-scenes'
import { countFaults, type FaultCounts } from './fault-counts'
import { faultPointsOf, faultPointsOfUndo } from './fault-points'
import { type Left, leftIn } from './left-in-cloud'
import { type Case, runInto, runThrough } from './run-into-fault'
import { begin, beginAgain, type Stage, startStage } from './stage'

/** Says how many calls of an operation have been before this one. */
function countCalls(): (operation: string) => number {
  const calls = new Map<string, number>()
  return (operation) => {
    const before = calls.get(operation) ?? 0
    calls.set(operation, before + 1)
    return before
  }
}

/** Each point of each call that takes a step back; they come in reverse order. */
function casesOfUndo(plan: Plan): readonly Case[] {
  const before = countCalls()
  return plan.steps
    .toReversed()
    .flatMap(({ id, undo }) =>
      (undo.possible ? undo.calls : [])
        .flatMap((call) => faultPointsOfUndo(call, before(call.command)))
        .map((point): Case => ({ stepId: id, point, way: 'undo again' })),
    )
}

/** Each point of each step, with each way out that the plan has. */
function casesOf(plan: Plan): readonly Case[] {
  const isUndoable = plan.steps.every(({ undo }) => undo.possible)
  const before = countCalls()
  const points = plan.steps.flatMap((step) =>
    faultPointsOf(step, before(step.command)).map((point) => ({ stepId: step.id, point })),
  )
  return [
    ...points.map((one): Case => ({ ...one, way: 'retry' })),
    ...(isUndoable ? [...points.map((one): Case => ({ ...one, way: 'undo' })), ...casesOfUndo(plan)] : []),
  ]
}

/** Every service runs as many tasks as it should, in one deployment, and ECS has taken away its entries of clients that are none any more. */
const isSteady = ({ lines }: Left) =>
  lines.every((line) => !line.startsWith('service ') || /: (\d+) of \1, .* 1 deployments\b/.test(line)) &&
  lines.every((line) => !/^discovery service aws-ecs-sc.*: 0 instances$/.test(line))

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** What is there before a change, and after it when nothing fails. */
type Ends = { readonly before: Left; readonly complete: Left }

/** What is wrong with the end of a case; null: nothing. */
async function wrongWith(stage: Stage, plan: Plan, one: Case, { before, complete }: Ends) {
  const isRetry = one.way === 'retry'
  // Taking something back leaves a history that nobody can take away.
  const wanted = isRetry ? complete : { ...before, history: null }
  const asCompared = (left: Left) => (isRetry ? left : { ...left, history: null })
  const end = await runInto(stage, plan, one, (left) => isSame(asCompared(left), wanted))
  const got = { left: asCompared(end.left), state: end.run?.state ?? null, unmet: end.unmet }
  const good = { left: wanted, state: isRetry ? 'done' : end.run && 'undone', unmet: [] }
  if (isSame(got, good)) return null
  const steps = end.rested.steps.map(({ stepId, state, error }) => [stepId, state, error?.code])
  return { case: `${one.stepId}: ${one.point.name}, ${one.way}`, rested: end.rested.state, steps, got, good }
}

/** Fails a change at every point and takes every way out: complete, or nothing left; never an orphan, never a duplicate. */
async function failEverywhere(
  stages: readonly Stage[],
  scene: ChangeScene,
  counts: FaultCounts,
): Promise<void> {
  const [stage] = stages
  if (!stage) throw new Error('There is no stage.')
  const first = await begin(stage, scene)
  const before = await leftIn(stage.cloud)
  const { run, left: complete } = await runThrough(stage, first.plan, isSteady)
  expect(run.state).toBe('done')
  const todo = [...casesOf(first.plan)]
  const wrong: unknown[] = []
  async function work(at: Stage) {
    let last = first
    let isAsBefore = false
    for (let one = todo.shift(); one; one = todo.shift()) {
      last = await beginAgain(at, scene, { last, isAsBefore })
      // What throws is wrong too, and the other stages must not go on behind the next scene's back.
      const found = await wrongWith(at, last.plan, one, { before, complete }).catch((error: unknown) => ({
        case: `${one.stepId}: ${one.point.name}, ${one.way}`,
        error: String(error),
      }))
      if (found) wrong.push(found)
      else counts.add(one.point.name, one.way)
      isAsBefore = !found && one.way !== 'retry'
    }
  }
  await Promise.all(stages.map(work))
  expect(wrong).toEqual([])
}

/** Cases run side by side: most of what is left of a case is waiting. */
const STAGES = 12

/** Declares the matrix of one part of the changes: every call broken in every way, and every way out. */
export function describeFaults(
  part: ChangeScene['part'],
  of: { readonly verb: string; readonly atLeast: number },
) {
  const counts = countFaults()
  let stages: readonly Stage[] = []
  const scenes = changeScenes.filter((scene) => scene.part === part)

  describe(`${of.verb} something fails at any point and ends complete, or with nothing left`, () => {
    beforeAll(async () => {
      stages = await Promise.all(Array.from({ length: STAGES }, startStage))
    })
    afterAll(async () => {
      await Promise.all(stages.map((stage) => stage.stop()))
      counts.print(of.verb)
    })

    it.each(scenes.map((scene) => [scene.name, scene] as const))(
      '%s',
      (_name, scene) => failEverywhere(stages, scene, counts),
      300_000,
    )

    it(`that is at least ${of.atLeast} points`, () => {
      expect(counts.total()).toBeGreaterThanOrEqual(of.atLeast)
    })
  })
}
