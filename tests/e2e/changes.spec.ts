import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { card, expect, openMap, type Product, test } from './support/journey'

const desiredCount = async (product: Product): Promise<number | undefined> => {
  const { services } = await product.ecs.send(
    new DescribeServicesCommand({ services: ['backend-api-service'] }),
  )
  return services?.[0]?.desiredCount
}

test('a service is scaled up and down from its inspector', async ({ page, product }) => {
  await openMap(page, product)
  await card(page, 'backend-api').click()
  for (const [count, text] of [
    [3, '3/3'],
    [2, '2/2'],
  ] as const) {
    await page.getByRole('complementary').getByRole('button', { name: 'Scale' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Desired count' }).fill(String(count))
    await dialog.getByRole('button', { name: `Scale to ${count} tasks` }).click()
    await expect(dialog).toHaveCount(0)
    await expect(card(page, 'backend-api')).toContainText(text)
    expect(await desiredCount(product)).toBe(count)
  }
})

test('a stopped task says who stopped it and is replaced', async ({ page, product }) => {
  await openMap(page, product)
  await card(page, 'backend-api').click()
  const inspector = page.getByRole('complementary')
  await inspector.getByRole('tab', { name: /Instances/ }).click()
  const dots = card(page, 'backend-api').locator('[data-instance-id]')
  const before = await dots.evaluateAll((all) => all.map((dot) => dot.getAttribute('data-instance-id')))
  await inspector
    .getByRole('button', { name: /^Stop task/ })
    .first()
    .click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('backend-api')
  await dialog.getByRole('button', { name: 'Stop task' }).click()
  await expect(dialog).toHaveCount(0)
  await expect
    .poll(async () => {
      const now = await dots.evaluateAll((all) => all.map((dot) => dot.getAttribute('data-instance-id')))
      return now.length === 2 && now.some((id) => !before.includes(id))
    })
    .toBe(true)
  await expect(card(page, 'backend-api')).toContainText('2/2')
})

test('the configuration is shown as AWS gave it, without a value of its environment', async ({
  page,
  product,
}) => {
  await openMap(page, product)
  await card(page, 'frontend-web').click()
  const inspector = page.getByRole('complementary')
  await inspector.getByRole('tab', { name: 'Config' }).click()
  await expect(inspector).toContainText('BACKEND_URL')
  await expect(inspector).toContainText('"taskDefinitionArn"')
  await expect(inspector).not.toContainText('http://backend-api.production.local:8080')
})

test('the whole way works by the keyboard alone: find, open, call, scale', async ({ page, product }) => {
  await openMap(page, product)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('searchbox', { name: 'Search or run a command' })).toBeFocused()
  await page.keyboard.type('backend-api')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary')).toContainText('backend-api-service')
  await page.keyboard.press('Escape')
  await page.keyboard.press('c')
  const drawer = page.getByRole('region', { name: 'Call' })
  await expect(drawer).toBeVisible()
  await drawer.getByLabel('Path').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('/api/data')
  await page.keyboard.press('Enter')
  await expect(drawer.locator('[data-answered-task-id]')).toContainText('Answered by')
})
