import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeScenes } from '../../support/change-scenes'
import { countFaults } from '../../support/fault-counts'
import { type Clouds, failEverywhere, startClouds } from '../../support/fault-matrix'

const counts = countFaults()
let clouds: Clouds

beforeAll(async () => {
  clouds = await startClouds(6)
})
afterAll(async () => {
  await clouds.stop()
  counts.print('Making')
})

const scenes = changeScenes.filter(({ part }) => part === 'making')

describe('making something fails at any point and ends complete, or with nothing left', () => {
  it.each(scenes.map((scene) => [scene.name, scene] as const))(
    '%s',
    (_name, scene) => failEverywhere(clouds, scene, counts),
    300_000,
  )

  it('that is at least 400 points', () => {
    expect(counts.total()).toBeGreaterThanOrEqual(400)
  })
})
