import type { Page } from '@playwright/test'
import { type EmptyTarget, startEmptyTarget } from '../e2e/support/empty-target'
import { breakCalls, mendCalls } from '../e2e/support/faults'
import { expect, test } from '../e2e/support/journey'
import { addExampleStack } from '../support/stack.mjs'
import { scenesOfCalls } from './call-scenes'
import { scenesOfMap } from './map-scenes'
import { holdRollout, scenesOfRollout } from './rollout-scenes'
import type { Scene } from './scene'
import { scenes } from './scenes'
import { takeScenes, wantedOf } from './take-scenes'

async function deploy(page: Page, { consoleUrl }: EmptyTarget, example: string, state: string) {
  await page.goto(`${consoleUrl}/examples?example=${example}`)
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()
  await expect(page.locator('[data-run-state]')).toHaveAttribute('data-run-state', state, {
    timeout: 60_000,
  })
}

/** Takes those scenes of one target that are wanted; `prepare` brings it to where they begin. */
async function takePictures(
  page: Page,
  scenesOf: (target: EmptyTarget) => readonly Scene[],
  prepare: (target: EmptyTarget) => Promise<void>,
): Promise<void> {
  const target = await startEmptyTarget({}, ['--faults'])
  try {
    const wanted = wantedOf(scenesOf(target))
    if (wanted.length === 0) return
    await prepare(target)
    expect(await takeScenes(page, target.consoleUrl, wanted)).toEqual([])
  } finally {
    await target.stop()
  }
}

test('pictures of the map with the example stack', async ({ page }) => {
  await takePictures(
    page,
    () => scenesOfMap,
    ({ cloudUrl }) => addExampleStack(cloudUrl),
  )
})

test('pictures of what a person sees when something is changed', async ({ page }) => {
  await takePictures(
    page,
    () => scenes,
    async (target) => {
      await deploy(page, target, 'service-to-service', 'done')
      await breakCalls(target.cloudUrl, {
        operation: 'ecs:CreateService',
        kind: 'deny',
        times: 1,
        skip: 1,
      })
      await deploy(page, target, 'copilot', 'failed')
      await mendCalls(target.cloudUrl)
    },
  )
})

test('pictures of Service Connect being switched on while old and new tasks stand side by side', async ({
  page,
}) => {
  await takePictures(
    page,
    () => scenesOfRollout,
    async (target) => {
      await deploy(page, target, 'service-to-service', 'done')
      await holdRollout(page, target)
    },
  )
})

test('pictures of a call from inside a task', async ({ page }) => {
  await takePictures(page, scenesOfCalls, (target) =>
    deploy(page, target, 'service-to-service-connect', 'done'),
  )
})
