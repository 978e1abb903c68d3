import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeScenes } from '../../support/change-scenes'
import { startTestCloud, type TestCloud } from '../../support/local-cloud'
import { makeStateFolder, type PlanScene, startScene } from '../../support/plan-scene'
import { planIn } from '../../support/world-of'

let cloud: TestCloud
let scene: PlanScene
let state: Awaited<ReturnType<typeof makeStateFolder>>

beforeAll(async () => {
  cloud = await startTestCloud()
  state = await makeStateFolder()
  scene = startScene(cloud.url, state.folder)
})
afterAll(async () => {
  await scene.stop()
  await state.remove()
  await cloud.stop()
})

describe('every change of the console', () => {
  it.each(changeScenes.map((one) => [one.name, one] as const))('is done: %s', async (_name, one) => {
    await cloud.reset()
    const input = await one.prepare(cloud)
    const run = await scene.run(await planIn(scene.target, one.kind, input))
    expect(run.steps.map(({ state, error, stepId }) => ({ stepId, state, error }))).toEqual(
      run.plan.steps.map(({ id }) => ({ stepId: id, state: 'done', error: null })),
    )
    expect(run).toMatchObject({ state: 'done', error: null, differences: [] })
  })
})
