import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import type { Page } from '@playwright/test'
import { type EmptyTarget, startEmptyTarget } from './support/empty-target'
import { breakCalls, mendCalls } from './support/faults'
import { card, expect, test } from './support/journey'
import { madeIn } from './support/made'
import { expectNothingSerious } from './support/serious'
import { createNamespace } from './support/wizard'

test.describe.configure({ mode: 'serial' })

let target: EmptyTarget
test.beforeAll(async () => {
  target = await startEmptyTarget({}, ['--faults'])
})
test.afterEach(async () => mendCalls(target.cloudUrl))
test.afterAll(async () => target.stop())

const run = (page: Page) => page.locator('[data-run-state]')
const step = (page: Page, id: string) => page.locator(`[data-step="${id}"]`)

/** Starts the service-to-service example from the gallery and goes to the page of its run. */
async function deployDemo(page: Page): Promise<void> {
  await page.goto(`${target.consoleUrl}/examples?example=service-to-service`)
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()
  await page.getByRole('link', { name: 'Open the plan' }).click()
  await page.waitForURL(/\/plans\//)
}

async function undo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Undo…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(run(page)).toHaveAttribute('data-run-state', 'undone', { timeout: 40_000 })
}

async function deleteNamespace(page: Page, name: string): Promise<void> {
  await expect(page.getByText(name, { exact: true }).first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type(`delete namespace ${name}`)
  await expect(page.getByRole('dialog')).toContainText(`Delete namespace ${name}`, { ignoreCase: true })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: `Delete namespace ${name}` })).toBeVisible()
}

const desiredCount = async (): Promise<number | undefined> => {
  const { services } = await target.ecs.send(
    new DescribeServicesCommand({ services: ['backend-api-service'] }),
  )
  return services?.[0]?.desiredCount
}

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('a denied call shows the error and the permission it needs; undone, nothing is left', async ({
      page,
    }) => {
      test.setTimeout(120_000)
      await breakCalls(target.cloudUrl, { operation: 'ecs:CreateService', kind: 'deny', times: 1 })
      await deployDemo(page)
      await expect(run(page)).toHaveAttribute('data-run-state', 'failed', { timeout: 40_000 })
      const failed = page.locator('[data-step-state="failed"]')
      await expect(failed).toHaveCount(1)
      await expect(failed.getByRole('alert')).toContainText('is not authorized to perform: ecs:CreateService')
      await expect(failed).toContainText('AccessDeniedException')
      await expect(failed.getByRole('button', { name: /Copy permission/ })).toContainText(
        '{ "Effect": "Allow", "Action": ["ecs:CreateService"], "Resource": "*" }',
      )
      await expect(page.getByText(/nothing after it was sent/)).toBeVisible()
      await expectNothingSerious(page)
      await page.getByRole('button', { name: 'Undo…' }).click()
      const dialog = page.getByRole('alertdialog')
      await expect(dialog).toContainText('It takes back, in this order')
      await expect(dialog).toContainText('Delete the namespace')
      await expectNothingSerious(page)
      await page.keyboard.press('Escape')
      await undo(page)
      expect(await madeIn(target)).toEqual([])
    })
  })

test('a failed plan goes on where it stopped, by keyboard alone and over a reload, and ends complete', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await breakCalls(target.cloudUrl, {
    operation: 'ecs:CreateService',
    kind: 'error',
    code: 'InvalidParameterException',
    message: 'Made to fail.',
    times: 1,
    skip: 1,
  })
  await page.goto(`${target.consoleUrl}/examples?example=service-to-service`)
  const deploy = page.getByRole('button', { name: 'Deploy', exact: true })
  await expect(deploy).toBeEnabled()
  await deploy.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Open the plan' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/plans\//)
  await expect(run(page)).toHaveAttribute('data-run-state', 'failed', { timeout: 40_000 })
  const failed = page.locator('[data-step-state="failed"]')
  await expect(failed).toContainText('Made to fail.')
  await expect(failed).toContainText('InvalidParameterException')
  const done = await page.locator('[data-step-state="done"]').count()
  expect(done).toBeGreaterThan(3)
  await page.reload()
  await expect(failed).toContainText('Made to fail.')
  await expect(page.locator('[data-step-state="done"]')).toHaveCount(done)
  const undoButton = page.getByRole('button', { name: 'Undo…' })
  await undoButton.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(undoButton).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Retry from here' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(run(page)).toHaveAttribute('data-run-state', 'done', { timeout: 40_000 })
  await expect(page.getByText(/^All \d+ steps are done\.$/)).toBeVisible()
  await page.getByRole('link', { name: 'backend-api' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary')).toContainText('backend-api-service')
  await expect(card(page, 'backend-api')).toContainText('2/2')
})

test('a small change is a plan too: its note leads to it, and takes it back', async ({ page }) => {
  await page.goto(`${target.consoleUrl}/?selected=service%2Fdefault%2Fbackend-api-service`)
  await page.getByRole('complementary').getByRole('button', { name: 'Scale' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Desired count' }).fill('3')
  await dialog.getByText('The AWS call').click()
  await expect(dialog.getByRole('tab', { name: 'AWS CLI' })).toBeVisible()
  await expect(dialog).toContainText('update-service')
  await dialog.getByRole('button', { name: 'Scale to 3 tasks' }).click()
  const flash = page.locator('[data-flash="done"]')
  await expect(flash).toContainText('Scale backend-api-service to 3')
  expect(await desiredCount()).toBe(3)
  await page.setViewportSize({ width: 1024, height: 768 })
  await flash.getByRole('button', { name: 'Undo' }).click()
  const asked = page.getByRole('alertdialog')
  await expect(asked).toBeVisible()
  // What is modal lies over the note, wherever the two meet.
  expect(
    await flash.evaluate((note) => {
      const { x, y, width, height } = note.getBoundingClientRect()
      return note.contains(document.elementFromPoint(x + width / 2, y + height / 2))
    }),
  ).toBe(false)
  await asked.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.locator('[data-flash="undone"]')).toBeVisible()
  expect(await desiredCount()).toBe(2)
})

test('a run that is watched goes on over a reload, and says when the console cannot be reached', async ({
  page,
  context,
}) => {
  await breakCalls(target.cloudUrl, {
    operation: 'servicediscovery:CreateHttpNamespace',
    kind: 'hold-operation',
    times: null,
  })
  await page.goto(`${target.consoleUrl}/plans`)
  await page.getByRole('button', { name: 'Import a plan…' }).click()
  await page.getByRole('textbox', { name: 'JSON', exact: true }).fill(
    JSON.stringify({
      switchboard: 1,
      title: 'Create held',
      steps: [
        {
          id: 'namespace',
          sentence: 'Create the HTTP namespace held.',
          command: 'servicediscovery:CreateHttpNamespace',
          input: { Name: 'held' },
        },
      ],
    }),
  )
  await page.getByRole('button', { name: 'Check this plan' }).click()
  await page.getByRole('button', { name: 'Run plan' }).click()
  await page.getByRole('link', { name: 'Open the plan' }).click()
  await page.waitForURL(/\/plans\//)
  await expect(step(page, 'namespace')).toHaveAttribute('data-step-state', 'waiting')
  await page.reload()
  await expect(step(page, 'namespace')).toHaveAttribute('data-step-state', 'waiting')
  await expect(step(page, 'namespace')).toContainText('waiting for')
  await context.route('**/api/runs**', (route) => route.abort())
  await page.reload()
  await expect(page.getByText('The console does not answer').first()).toBeVisible()
  await context.unroute('**/api/runs**')
  await expect(step(page, 'namespace')).toHaveAttribute('data-step-state', 'waiting')
  await mendCalls(target.cloudUrl)
  await expect(run(page)).toHaveAttribute('data-run-state', 'done')
  await undo(page)
})

test('an exported plan is taken in again, and what is no plan is told so', async ({ page }) => {
  await page.goto(`${target.consoleUrl}/plans`)
  await page.getByRole('link', { name: 'Create held' }).click()
  await page.getByRole('tab', { name: 'JSON' }).click()
  const text = await page.getByRole('region', { name: 'JSON', exact: true }).locator('code').textContent()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('import a plan')
  await page.keyboard.press('Enter')
  const field = page.getByRole('textbox', { name: 'JSON', exact: true })
  await field.fill('{"a": 1}')
  await expect(page.getByText(/it has neither steps/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Check this plan' })).toBeDisabled()
  await field.fill(text ?? '')
  await page.getByRole('button', { name: 'Check this plan' }).click()
  await expect(page.getByRole('dialog')).toContainText('Create the HTTP namespace held.')
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(field).toHaveValue(text ?? '')
})

test('a plan made from what was on the screen sends nothing when the world has moved on', async ({
  page,
}) => {
  await page.goto(`${target.consoleUrl}/?selected=service%2Fdefault%2Fbackend-api-service`)
  await page.getByRole('complementary').getByRole('button', { name: 'Redeploy' }).click()
  const dialog = page.getByRole('dialog')
  const redeploy = dialog.getByRole('button', { name: 'Redeploy service' })
  await expect(redeploy).toBeEnabled()
  await target.ecs.send(
    new UpdateServiceCommand({ service: 'backend-api-service', forceNewDeployment: true }),
  )
  await redeploy.click()
  await expect(run(page)).toHaveAttribute('data-run-state', 'stale')
  await expect(dialog.getByRole('row', { name: /deployment/ })).toBeVisible()
  await expect(dialog).toContainText('Nothing was sent')
  await dialog.getByRole('button', { name: 'Make the plan again' }).click()
  await redeploy.click()
  await expect(run(page)).toHaveAttribute('data-run-state', 'done', { timeout: 30_000 })
})

test('a typed plan runs by Enter alone, and its undo asks before it goes over what came later', async ({
  page,
}) => {
  await page.goto(target.consoleUrl)
  await expect(card(page, 'backend-api')).toContainText(/(\d+)\/\1/)
  const before = (await desiredCount()) ?? 0
  await page.keyboard.press('Control+k')
  await page.keyboard.type(`scale backend-api to ${before + 1}`)
  await expect(page.getByRole('dialog')).toContainText(`Scale backend-api to ${before + 1}`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Scale service' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(run(page)).toHaveAttribute('data-run-state', 'done', { timeout: 20_000 })
  await page.getByRole('link', { name: 'Open the plan' }).click()
  await page.waitForURL(/\/plans\//)
  await target.ecs.send(
    new UpdateServiceCommand({ service: 'backend-api-service', desiredCount: before + 2 }),
  )
  await page.getByRole('button', { name: 'Undo…' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText(
    `the desired count of service backend-api-service was ${before + 1} and is ${before + 2}`,
  )
  await expect(dialog.getByRole('button', { name: 'Undo all the same' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(run(page)).toHaveAttribute('data-run-state', 'undone', { timeout: 20_000 })
  await expect(page.getByRole('heading', { level: 1, name: /^Scale backend/ })).toBeFocused()
  expect(await desiredCount()).toBe(before)
})

test('keys typed before the palette is there are not lost, and a typed command is a plan', async ({
  page,
}) => {
  let letThrough: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await page.goto(target.consoleUrl)
  await expect(card(page, 'backend-api')).toContainText('2/2')
  await page.route('**/*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.keyboard.press('Control+k')
  await page.keyboard.type('scale backend-api to 4')
  const field = page.getByRole('searchbox', { name: 'Search or run a command' })
  await expect(field).toHaveCount(0)
  letThrough()
  await expect(field).toHaveValue('scale backend-api to 4')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Scale backend-api-service to 4' })
  await expect(dialog.getByRole('button', { name: 'Scale service' })).toBeEnabled()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect(await desiredCount()).toBe(2)
})

test('the rail leads to every room, marks the one that is open, and back to the map as it was', async ({
  page,
}) => {
  await page.goto(`${target.consoleUrl}/?selected=service%2Fdefault%2Fbackend-api-service&group=cluster`)
  await expect(page.getByRole('complementary')).toContainText('backend-api-service')
  // Only a page that has come to life remembers where it was.
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBeGreaterThan(0)
  const rail = page.getByRole('navigation', { name: 'Rooms' })
  for (const room of ['Examples', 'Plans', 'Activity']) {
    await rail.getByRole('link', { name: room }).click()
    await expect(page.getByRole('heading', { level: 1, name: room })).toBeVisible()
    await expect(rail.locator('[aria-current="page"]')).toHaveAccessibleName(room)
  }
  await rail.getByRole('link', { name: 'Map' }).click()
  await expect(page).toHaveURL(/selected=service.*group=cluster/)
  await expect(page.getByRole('complementary')).toContainText('backend-api-service')
})

test('activity lists what was done, is filtered by its address, and leads to each plan', async ({ page }) => {
  await page.goto(`${target.consoleUrl}/activity`)
  const rows = page.locator('tr[data-result]')
  await expect(rows.first()).toBeVisible()
  const all = await rows.count()
  expect(all).toBeGreaterThan(20)
  await page.getByRole('button', { name: /Result$/ }).click()
  await page.getByRole('option', { name: 'failed' }).click()
  await expect(page).toHaveURL(/result=failed/)
  await expect(rows).toHaveCount(3)
  for (const row of await rows.all()) await expect(row).toContainText('ecs:CreateService')
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('AccessDenied')
  await expect(rows).toHaveCount(2)
  // The rows follow each letter at once, the address a moment later.
  await expect(page).toHaveURL(/text=AccessDenied/)
  await page.reload()
  await expect(rows).toHaveCount(2)
  await expect(page.getByRole('searchbox', { name: 'Filter activity' })).toHaveValue('AccessDenied')
  await rows.first().getByRole('link').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Deploy Service-to-service demo' })).toBeVisible()
  await page.getByRole('link', { name: 'Activity of this plan' }).click()
  await expect(page).toHaveURL(/activity\?run=/)
  await expect(rows.nth(1)).toBeVisible()
  await page.goto(`${target.consoleUrl}/activity?text=no-such-thing`)
  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect(rows).toHaveCount(Math.min(50, all))
})

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('axe finds nothing serious in lists and dialogs of changes', async ({ page }) => {
      test.setTimeout(120_000)
      await page.goto(`${target.consoleUrl}/plans`)
      await expect(page.getByRole('row').nth(1)).toBeVisible()
      await expectNothingSerious(page)
      await page.getByRole('button', { name: 'Import a plan…' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectNothingSerious(page)
      await page.goto(`${target.consoleUrl}/activity`)
      await expect(page.getByRole('row').nth(1)).toBeVisible()
      await expectNothingSerious(page)
      await page.goto(`${target.consoleUrl}/?selected=service%2Fdefault%2Fbackend-api-service`)
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: 'New revision…' }).click()
      await expect(page.getByRole('textbox', { name: /to be changed/ })).toBeVisible()
      await expectNothingSerious(page)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: 'Delete service…' }).click()
      await expect(page.getByRole('textbox', { name: /to confirm/ })).toBeVisible()
      await expectNothingSerious(page)
    })
  })

test('a namespace in use says what breaks with it; an empty one goes once its name was typed', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await createNamespace(page, target.consoleUrl, 'short-lived.local')
  await page.goto(target.consoleUrl)
  await deleteNamespace(page, 'production.local')
  // Also while its plan is refused and asks for nothing yet: what it would do is the same.
  const dialog = page.getByRole('alertdialog')
  const button = dialog.getByRole('button', { name: 'Delete namespace' })
  await expect(dialog).toContainText(
    'backend-api-service and frontend-web-service are found by names of production.local.',
  )
  await expect(button).toBeDisabled()
  await dialog.getByRole('checkbox').first().focus()
  await page.keyboard.press('Space')
  for (const name of ['backend-api', 'frontend-web'])
    await expect(dialog).toContainText(new RegExp(`${name}\\.production\\.local.* stop resolving`))
  await expect(dialog).toContainText('3 tasks will be stopped')
  await expect(button).toBeDisabled()
  await page.keyboard.press('Escape')
  await deleteNamespace(page, 'short-lived.local')
  await dialog.getByRole('textbox', { name: /to confirm/ }).focus()
  await page.keyboard.type('short-lived')
  await expect(button).toBeDisabled()
  await page.keyboard.type('.local')
  await page.keyboard.press('Enter')
  await expect(run(page)).toHaveAttribute('data-run-state', 'done', { timeout: 40_000 })
  // The field that had the focus is gone with the form; the keyboard is still inside.
  await expect(dialog.getByRole('button', { name: 'Close', exact: true }).last()).toBeFocused()
  expect(await madeIn(target)).not.toContain('namespace short-lived.local')
})

test('deleting says who will notice, asks for the exact name, and works by keyboard alone', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await page.goto(`${target.consoleUrl}/?selected=service%2Fdefault%2Fbackend-api-service`)
  await expect(page.getByRole('complementary')).toContainText('backend-api-service')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('delete backend-api')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('frontend-web calls backend-api')
  await expect(dialog).toContainText('backend-api.production.local stops resolving')
  const button = dialog.getByRole('button', { name: 'Delete service' })
  const field = dialog.getByRole('textbox', { name: /to confirm/ })
  await field.focus()
  for (const wrong of ['backend-api', 'Backend-api-service', 'backend-api-service ']) {
    await page.keyboard.press('Control+a')
    await page.keyboard.type(wrong)
    await expect(button).toBeDisabled()
  }
  await page.keyboard.press('Enter')
  await expect(run(page)).toHaveCount(0)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('backend-api-service')
  await page.keyboard.press('Enter')
  await expect(run(page)).toHaveAttribute('data-run-state', 'done', { timeout: 40_000 })
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(page.locator('[data-flash="done"]')).toContainText('Delete service backend-api-service')
  await expect(card(page, 'frontend-web')).toBeVisible()
  await expect(page.locator('[data-service-name="backend-api"][data-service^="service/"]')).toHaveCount(0)
})
