import { DescribeServicesCommand, UpdateServiceCommand, waitUntilServicesStable } from '@aws-sdk/client-ecs'
import { ListServicesCommand } from '@aws-sdk/client-servicediscovery'
import type { Page } from '@playwright/test'
import { callFromFrontend, choose, command, drawer } from './support/connect'
import { type EmptyTarget, startEmptyTarget } from './support/empty-target'
import { card, expect, openMap, type Product, test } from './support/journey'
import { madeIn } from './support/made'
import { expectNothingSerious } from './support/serious'

test.describe.configure({ mode: 'serial' })

const run = (page: Page) => page.locator('[data-run-state]')

const namesInCloudMap = async ({ cloudMap }: Product) =>
  ((await cloudMap.send(new ListServicesCommand({}))).Services ?? [])
    .map(({ Name }) => Name ?? '')
    .filter((name) => !name.startsWith('aws-ecs-sc.'))
    .sort()

const connectOf = async ({ ecs }: Product, service: string) => {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ services: [service] }))
  return services[0]?.deployments?.[0]?.serviceConnectConfiguration
}

/** Another journey may have enabled ECS Exec; here it has to be missing first. */
async function withoutExec({ ecs }: Product, service: string): Promise<void> {
  await ecs.send(new UpdateServiceCommand({ service, enableExecuteCommand: false, forceNewDeployment: true }))
  await waitUntilServicesStable({ client: ecs, maxWaitTime: 60, minDelay: 1 }, { services: [service] })
}

test('the backend is switched to Service Connect, called by its alias from inside the frontend, and switched back', async ({
  page,
  product,
}) => {
  test.setTimeout(180_000)
  await withoutExec(product, 'frontend-web-service')
  await openMap(page, product)

  // The toggle: the frontend is moved along by the same plan, after the backend.
  await command(page, 'service connect on for backend-api')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('radio', { name: 'Client and server' })).toBeChecked()
  await expect(dialog.getByLabel('Client alias')).toHaveValue('backend-api')
  await expect(dialog.getByRole('checkbox', { name: 'Make frontend-web a client' })).toBeChecked()
  const planned = dialog.locator('[data-planned-step]')
  await expect(planned).toHaveCount(2)
  await expect(planned.last()).toContainText('frontend-web-service a client of Service Connect')
  await expect(dialog).toContainText('backend-api:8080 starts to lead to backend-api')
  await expect(dialog).toContainText('gets a proxy, which wants 256 CPU units and 64 MiB')
  await expectNothingSerious(page)
  await dialog.getByRole('button', { name: 'Deploy' }).click()
  await expect(run(page)).toHaveAttribute('data-run-state', 'done', { timeout: 60_000 })
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(card(page, 'backend-api')).toContainText('Service Connect')
  await expect(card(page, 'frontend-web')).toContainText('client only')
  expect(await connectOf(product, 'frontend-web-service')).toMatchObject({ enabled: true })

  // From inside a task: what is missing is said, and its plan mends it.
  await card(page, 'backend-api').click()
  await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).click()
  const call = drawer(page)
  await choose(page, call.getByRole('button', { name: /Call from/ }), /frontend-web/)
  await call.getByRole('button', { name: 'Enable ECS Exec' }).click()
  const enabling = page.getByRole('dialog')
  await expect(enabling.locator('[data-planned-step]').first()).toBeVisible()
  await enabling
    .getByRole('button', { name: /Enable|Run plan/ })
    .last()
    .click()
  await expect(run(page)).toHaveAttribute('data-run-state', 'done', { timeout: 60_000 })
  await enabling.getByRole('button', { name: 'Close' }).last().click()
  await expect(call.getByRole('button', { name: 'Enable ECS Exec' })).toHaveCount(0)

  // The alias leads to an instance of the backend, and says which.
  const answered = await callFromFrontend(page, /alias/)
  await expect(answered).toContainText('"hostname"', { timeout: 20_000 })
  const taskId = (await answered.getAttribute('data-answered-task-id')) ?? ''
  expect(taskId).toMatch(/^[0-9a-f]{32}$/)
  await expect(card(page, 'backend-api').locator(`[data-instance-id="instance/${taskId}"]`)).toBeVisible()

  // What the proxy counted stands on the line within 15 s, with a rate.
  await expect(page.locator('[data-edge-id]').first()).toContainText(/\d.*\/(s|min)/, { timeout: 15_000 })

  // And back: the client leaves first, the names go, and DNS answers as it did.
  await page.keyboard.press('Escape')
  await command(page, 'service connect off for backend-api')
  const off = page.getByRole('dialog')
  await expect(off.getByRole('radio', { name: 'Off' })).toBeChecked()
  await expect(off.getByRole('checkbox', { name: /Switch it off for frontend-web too/ })).toBeChecked()
  await expect(off).toContainText('backend-api:8080 stops leading to backend-api')
  await off.getByRole('button', { name: 'Switch off' }).click()
  await expect(run(page)).toHaveAttribute('data-run-state', 'done', { timeout: 60_000 })
  await off.getByRole('button', { name: 'Close' }).last().click()
  await expect
    .poll(() => namesInCloudMap(product), { timeout: 30_000 })
    .toEqual(['backend-api', 'frontend-web'])
  expect(await connectOf(product, 'backend-api-service')).not.toMatchObject({ enabled: true })
  await expect(card(page, 'backend-api')).not.toContainText('Service Connect')
  await card(page, 'backend-api').click()
  await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).click()
  await expect(await callFromFrontend(page, /DNS/)).toContainText('"hostname"', { timeout: 20_000 })
})

test('the inspector says what Service Connect is and leads to every way of changing it', async ({
  page,
  product,
}) => {
  await openMap(page, product)
  await card(page, 'backend-api').click()
  const inspector = page.getByRole('complementary')
  await inspector.getByRole('tab', { name: 'Connect' }).click()
  await expect(inspector).toContainText('Off. A proxy beside each task')
  await inspector.getByRole('button', { name: 'Move from service discovery…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator('[data-planned-step]')).toHaveCount(2)
  await expect(dialog).toContainText('Callers keep the name backend-api.production.local and the port 8080')
  await expectNothingSerious(page)

  // To look is nothing to run: the only way is onward.
  await dialog.getByRole('radio', { name: /Check/ }).check({ force: true })
  await expect(dialog.getByRole('button', { name: 'Move', exact: true })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Go on: finish' }).click()

  // The registry cannot go before its callers have moved, and the plan says who is in the way.
  await expect(dialog).toContainText('does not offer backend-api.production.local by Service Connect')
  await expect(dialog.getByRole('button', { name: 'Finish the move' })).toBeDisabled()

  // A wrong setting is told at its field, and nothing can be sent.
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await inspector.getByRole('button', { name: 'Switch on…' }).click()
  const alias = page.getByRole('dialog').getByLabel('Client alias')
  await alias.fill('Not An Alias')
  await expect(alias).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Deploy' })).toBeDisabled()
  await alias.fill('backend')
  await expect(page.getByRole('dialog')).toContainText('backend:8080 starts to lead to backend-api')
})

test.describe('Yelb on Service Connect', () => {
  let target: EmptyTarget
  test.beforeAll(async () => {
    target = await startEmptyTarget()
  })
  test.afterAll(async () => target.stop())

  test('is deployed, answers on every line from inside its tasks, and leaves nothing', async ({ page }) => {
    test.setTimeout(180_000)
    await page.goto(`${target.consoleUrl}/examples?example=yelb-connect`)
    const plan = page.getByRole('region', { name: 'Plan' })
    await expect(plan).toContainText('yelb-ui with 1 task, a client of Service Connect')
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    await expect(run(page)).toHaveAttribute('data-run-state', 'done', { timeout: 90_000 })
    await page.getByRole('button', { name: 'Test all calls' }).click()
    await expect(page.locator('[data-proof-outcome="answered"]')).toHaveCount(4, { timeout: 60_000 })
    // Straight to the application server it goes from the page's own task, by the alias.
    await expect(page.locator('[data-proof-outcome]').first()).toContainText('a task of yelb-ui')

    await page.goto(target.consoleUrl)
    await expect(card(page, 'yelb-ui')).toContainText('client only')
    for (const name of ['yelb-appserver', 'redis-server', 'yelb-db'])
      await expect(card(page, name)).toContainText('Service Connect')
    // As in the original's drawing: the page to the application server, that one to both stores.
    await expect(page.locator('[data-edge-id]')).toHaveCount(3)

    await page.goto(`${target.consoleUrl}/examples?example=yelb-connect`)
    await page.getByRole('button', { name: 'Remove everything…' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('textbox', { name: /to confirm/ }).fill('yelb-connect.local')
    await dialog.getByRole('button', { name: 'Remove everything' }).click()
    await expect(page.getByText('Nothing is left of it')).toBeVisible({ timeout: 90_000 })
    expect(await madeIn(target)).toEqual([])
  })
})
