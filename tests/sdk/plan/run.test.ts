import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planStep } from '@/lib/plan/step'
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

describe('an undo of a run that was done', () => {
  const service = { cluster: 'later', service: 'later' }
  const desired = async () =>
    (await cloud.ecs.send(new DescribeServicesCommand({ cluster: 'later', services: ['later'] })))
      .services?.[0]?.desiredCount

  it('does not go over what somebody changed since, unless it is told to', async () => {
    await scene.run(planOf(wholeService('later')))
    const scaled = await scene.run(
      planOf([
        planStep(
          { command: 'ecs:UpdateService', input: { ...service, desiredCount: 2 } },
          {
            id: 'scale',
            sentence: 'Set the desired count of later to 2.',
            undo: {
              possible: true,
              sentence: 'Set it back to 1.',
              calls: [{ command: 'ecs:UpdateService', input: { ...service, desiredCount: 1 }, wait: null }],
            },
          },
        ),
      ]),
    )
    expect(scaled.state).toBe('done')
    await cloud.ecs.send(new UpdateServiceCommand({ ...service, desiredCount: 3 }))

    await expect(scene.undo(scaled.id)).rejects.toMatchObject({
      refused: {
        code: 'ChangedSince',
        message: expect.stringContaining('the desired count of service later was 2 and is 3'),
      },
    })
    expect(await desired()).toBe(3)

    expect((await scene.undo(scaled.id, true)).state).toBe('undone')
    expect(await desired()).toBe(1)
  })
})
