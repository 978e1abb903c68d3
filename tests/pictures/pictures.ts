import { mkdir, writeFile } from 'node:fs/promises'
import { startEmptyTarget } from '../e2e/support/empty-target'
import { breakCalls, mendCalls } from '../e2e/support/faults'
import { expect, test } from '../e2e/support/journey'
import { recompress } from './recompress'
import { scenes } from './scenes'

const folder = process.env.SWITCHBOARD_PICTURES
const into = folder ?? 'public/screens'
const only = process.env.SWITCHBOARD_SCENES?.split(',')
const wide = { width: 1440, height: 900 }
const sizes = folder ? [wide, { width: 1024, height: 768 }] : [wide]
const wanted = scenes.filter(({ name, isKept }) => (only ? only.includes(name) : folder || isKept))

test('pictures of what a person sees when something is changed', async ({ page }) => {
  const target = await startEmptyTarget({}, ['--faults'])
  const deploy = async (example: string, state: string) => {
    await page.goto(`${target.consoleUrl}/examples?example=${example}`)
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    await expect(page.locator('[data-run-state]')).toHaveAttribute('data-run-state', state, {
      timeout: 60_000,
    })
  }
  await deploy('service-to-service', 'done')
  await breakCalls(target.cloudUrl, { operation: 'ecs:CreateService', kind: 'deny', times: 1, skip: 1 })
  await deploy('copilot', 'failed')
  await mendCalls(target.cloudUrl)

  const missed: string[] = []
  await mkdir(into, { recursive: true })
  for (const size of sizes)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const scene of wanted) {
        const name = `${scene.name}-${colorScheme}${size === wide ? '' : `-${size.width}`}`
        try {
          await scene.open(page, target.consoleUrl)
        } catch (error) {
          // The others are worth having all the same.
          missed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
        }
        const picture = await page.screenshot({ animations: 'disabled' })
        await writeFile(`${into}/${name}.png`, recompress(picture))
        // A draft of one picture would be the beginning of the next.
        await page.evaluate(() => {
          localStorage.clear()
          sessionStorage.clear()
        })
      }
    }
  await target.stop()
  expect(missed).toEqual([])
})
