import AxeBuilder from '@axe-core/playwright'
import { card, expect, openMap, test } from './support/journey'

test('a task that cannot be entered is mended by a plan, and then the call comes from inside it', async ({
  page,
  product,
}) => {
  test.slow()
  await openMap(page, product)
  await card(page, 'backend-api').click()
  await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).click()
  const drawer = page.getByRole('region', { name: 'Call', exact: true })
  await drawer.getByRole('button', { name: /Call from/ }).click()
  await page.getByRole('option', { name: /^frontend-web/ }).click()

  const missing = drawer.getByRole('list', { name: 'What is missing' })
  await expect(missing).toContainText('enableExecuteCommand is off')
  await expect(drawer.getByRole('button', { name: 'Call', exact: true })).toBeDisabled()
  await drawer.getByRole('button', { name: 'Enable ECS Exec' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('replace its tasks by new ones that have the exec agent')
  await dialog.getByRole('button', { name: 'Enable ECS Exec' }).click()
  await expect(dialog.getByText('done', { exact: true }).first()).toBeVisible({ timeout: 60_000 })
  await dialog.getByRole('button', { name: 'Close' }).filter({ hasText: 'Close' }).click()
  await expect(dialog).toBeHidden()

  await expect(drawer).toContainText('Call backend-api as frontend-web would', { timeout: 30_000 })
  const { violations } = await new AxeBuilder({ page }).include('main').analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await expect(drawer.getByRole('group', { name: /one call at a time/ })).toBeVisible()
  await drawer.getByLabel('Path').fill('/api/data')
  await drawer.getByRole('button', { name: 'Call', exact: true }).click()
  const answered = drawer.locator('[data-answered-task-id]')
  await expect(answered).toContainText('Answered by', { timeout: 30_000 })
  const line = page.locator('[data-edge-id$="service/default/backend-api-service"]').first()
  await expect(line).toHaveAttribute('aria-label', /verified by a call from inside a task/)
  await expect(line).toContainText('✓')
  expect(await answered.getAttribute('data-answered-task-id')).toMatch(/^[0-9a-f]{32}$/)
  const trip = drawer.getByRole('list', { name: 'Trip' })
  await expect(trip.getByRole('listitem')).toHaveCount(6)
  await expect(trip).toContainText('Enter the task')

  // What was proved outlives the page that proved it.
  await page.reload()
  await expect(line).toHaveAttribute('aria-label', /verified by a call from inside a task/)

  await page.goto(`${product.consoleUrl}/activity`)
  await expect(page.getByText('Call backend-api from a task of frontend-web').first()).toBeVisible()
})

test('no shell is offered or opened in a console that was not started for it', async ({ page, product }) => {
  await page.goto(`${product.consoleUrl}/shell?from=service/default/frontend-web-service`)
  await expect(page.getByText('Shells are switched off here')).toBeVisible()
})
