import { expect } from 'vitest'
import type { Plan } from '@/lib/plan/plan'
import type { ChangeScene } from './change-scenes'
import type { FaultCounts } from './fault-counts'
import { faultPointsOf, faultPointsOfUndo } from './fault-points'
import type { Left } from './left-in-cloud'
import { startTestCloud, type TestCloud } from './local-cloud'
import { type Case, planOfScene, runInto, runThrough } from './run-into-fault'

/** Local clouds in which cases run side by side: most of a case is waiting for the next attempt. */
export type Clouds = { readonly all: readonly TestCloud[]; stop(): Promise<void> }

export async function startClouds(count: number): Promise<Clouds> {
  const all = await Promise.all(Array.from({ length: count }, () => startTestCloud({ faults: true })))
  return {
    all,
    async stop() {
      await Promise.all(all.map((cloud) => cloud.stop()))
    },
  }
}

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

/** Every service runs as many tasks as it should, in one deployment. */
const isSteady = ({ lines }: Left) =>
  lines.every((line) => !line.startsWith('service ') || /: (\d+) of \1, .* 1 deployments$/.test(line))

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** What is wrong with the end of a case; null: nothing. `complete`: what the change makes when nothing fails. */
async function wrongWith(cloud: TestCloud, scene: ChangeScene, one: Case, complete: Left) {
  const { plan, before } = await planOfScene(cloud, scene)
  const isRetry = one.way === 'retry'
  // Taking something back leaves a history that nobody can take away.
  const wanted = isRetry ? complete : { ...before, history: null }
  const asCompared = (left: Left) => (isRetry ? left : { ...left, history: null })
  const end = await runInto(cloud, plan, one, (left) => isSame(asCompared(left), wanted))
  const got = { left: asCompared(end.left), state: end.run?.state ?? null, unmet: end.unmet }
  const good = { left: wanted, state: isRetry ? 'done' : end.run && 'undone', unmet: [] }
  if (isSame(got, good)) return null
  const steps = end.rested.steps.map(({ stepId, state, error }) => [stepId, state, error?.code])
  return { case: `${one.stepId}: ${one.point.name}, ${one.way}`, rested: end.rested.state, steps, got, good }
}

/** Fails a change at every point and takes every way out: complete, or nothing left; never an orphan, never a duplicate. */
export async function failEverywhere(
  { all }: Clouds,
  scene: ChangeScene,
  counts: FaultCounts,
): Promise<void> {
  const [cloud] = all
  if (!cloud) throw new Error('There is no local cloud.')
  const { plan } = await planOfScene(cloud, scene)
  const { run, left: complete } = await runThrough(cloud, plan, isSteady)
  expect(run.state).toBe('done')
  const todo = [...casesOf(plan)]
  const wrong: unknown[] = []
  async function work(at: TestCloud) {
    for (let one = todo.shift(); one; one = todo.shift()) {
      const found = await wrongWith(at, scene, one, complete)
      if (found) wrong.push(found)
      else counts.add(one.point.name, one.way)
    }
  }
  await Promise.all(all.map(work))
  expect(wrong).toEqual([])
}
