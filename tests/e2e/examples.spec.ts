import type { Page } from '@playwright/test'
import { type EmptyTarget, startEmptyTarget } from './support/empty-target'
import { expect, test } from './support/journey'
import { madeIn } from './support/made'
import { expectNothingSerious } from './support/serious'

test.describe.configure({ mode: 'serial' })

let target: EmptyTarget
test.beforeAll(async () => {
  target = await startEmptyTarget()
})
test.afterAll(async () => target.stop())

const cardOf = (page: Page, id: string) => page.locator(`[data-example="${id}"]`)
const run = (page: Page) => page.locator('[data-run-state]')

const examples = [
  {
    id: 'service-to-service',
    services: ['frontend-web', 'backend-api'],
    namespace: 'production.local',
    calls: 2,
  },
  { id: 'copilot', services: ['app1', 'app2'], namespace: 'test.copilot-servicediscovery.local', calls: 2 },
  {
    id: 'yelb',
    services: ['yelb-ui', 'yelb-appserver', 'redis-server', 'yelb-db'],
    namespace: 'yelb.local',
    calls: 4,
  },
] as const

for (const { id, services, namespace, calls } of examples)
  test(`the example ${id} is deployed, answers on every edge, and is removed without a trace`, async ({
    page,
  }) => {
    test.setTimeout(180_000)
    await page.goto(`${target.consoleUrl}/examples`)
    await expect(cardOf(page, id)).toHaveAttribute('data-example-state', 'not deployed')
    await cardOf(page, id).getByRole('button', { name: 'Deploy…' }).click()
    const plan = page.getByRole('region', { name: 'Plan' })
    for (const service of services) await expect(plan).toContainText(service)
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    await expect(run(page)).toHaveAttribute('data-run-state', 'done', { timeout: 60_000 })

    await page.getByRole('button', { name: 'Test all calls' }).click()
    await expect(page.locator('[data-proof-outcome="answered"]')).toHaveCount(calls, { timeout: 30_000 })
    await expect(page.locator('[data-proof-outcome]')).toHaveCount(calls)
    const rows = page.locator('[data-proof-outcome]')
    for (const row of await rows.all()) {
      await expect(row).toContainText('this console')
      await expect(row).toContainText('task ')
    }

    await page.getByRole('button', { name: 'Remove everything…' }).click()
    const dialog = page.getByRole('alertdialog')
    const remove = dialog.getByRole('button', { name: 'Remove everything' })
    await dialog.getByRole('textbox', { name: /to confirm/ }).fill(namespace.slice(0, -1))
    await expect(remove).toBeDisabled()
    await dialog.getByRole('textbox', { name: /to confirm/ }).fill(namespace)
    await remove.click()
    await expect(page.getByText('Nothing is left of it')).toBeVisible({ timeout: 60_000 })
    expect(await madeIn(target)).toEqual([])
    await page.getByRole('button', { name: 'All examples' }).click()
    await expect(cardOf(page, id)).toHaveAttribute('data-example-state', 'not deployed')
  })

test('an example keeps its names over a reload, and a wrong one is told at the field', async ({ page }) => {
  await page.goto(`${target.consoleUrl}/examples?example=copilot`)
  const name = page.getByRole('textbox', { name: 'Namespace' })
  await name.fill('not a name')
  await expect(page.getByRole('button', { name: 'Deploy', exact: true })).toBeDisabled()
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await name.fill('other.local')
  await expect(page.getByRole('region', { name: 'Plan' })).toContainText('other.local')
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Namespace' })).toHaveValue('other.local')
})

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme })
    test('axe finds nothing serious in the gallery and in an example', async ({ page }) => {
      await page.goto(`${target.consoleUrl}/examples`)
      await expect(cardOf(page, 'yelb')).toHaveAttribute('data-example-state', 'not deployed')
      await expectNothingSerious(page)
      await cardOf(page, 'yelb').getByRole('button').click()
      await expect(page.getByRole('region', { name: 'Plan' })).toContainText('yelb-db')
      await expectNothingSerious(page)
    })
  })
