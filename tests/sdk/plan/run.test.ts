import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCloud, type TestCloud } from '../../support/local-cloud'
import { makeStateFolder, type PlanScene, startScene } from '../../support/plan-scene'
import { planOf, wholeService } from '../../support/plans'

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

describe('a plan of a whole service', () => {
  it('is run step by step, and taken back wholly', async () => {
    const run = await scene.run(planOf(wholeService('shop')))
    expect(run.steps.map(({ stepId, state, error }) => ({ stepId, state, error }))).toEqual(
      ['cluster', 'namespace', 'name', 'revision', 'service'].map((stepId) => ({
        stepId,
        state: 'done',
        error: null,
      })),
    )
    expect(run.state).toBe('done')
    const { services } = await cloud.ecs.send(
      new DescribeServicesCommand({ cluster: 'shop', services: ['shop'] }),
    )
    expect(services?.[0]).toMatchObject({ runningCount: 1, status: 'ACTIVE' })
    const undone = await scene.undo(run.id)
    expect(undone.steps.map(({ state, error }) => ({ state, error }))).toEqual(
      run.steps.map(() => ({ state: 'undone', error: null })),
    )
    expect(undone.state).toBe('undone')
  })
})
