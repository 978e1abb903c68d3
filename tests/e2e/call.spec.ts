import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { card, expect, openMap, test } from './support/journey'

test('a call from the map names the task that really handled it, as that task’s own log says', async ({
  page,
  product,
}) => {
  await openMap(page, product)
  await card(page, 'backend-api').click()
  await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).click()
  const drawer = page.getByRole('region', { name: 'Call' })
  await drawer.getByLabel('Path').fill('/api/data')
  const [response] = await Promise.all([
    page.waitForResponse((candidate) => candidate.url().endsWith('/api/call')),
    // By the keyboard: Call becomes Stop under the key that is still down.
    drawer.getByRole('button', { name: 'Call', exact: true }).press('Enter'),
  ])
  expect(response.status()).toBe(200)
  const answered = drawer.locator('[data-answered-task-id]')
  await expect(answered).toContainText('Answered by')
  await expect(answered).toContainText('"hostname"')
  const taskId = (await answered.getAttribute('data-answered-task-id')) ?? ''
  const callId = (await answered.getAttribute('data-call-id')) ?? ''
  expect(taskId).toMatch(/^[0-9a-f]{32}$/)
  expect(callId).not.toBe('')

  await expect
    .poll(async () => {
      const { events = [] } = await product.logs.send(
        new FilterLogEventsCommand({ logGroupName: '/ecs/backend-api', filterPattern: `"${callId}"` }),
      )
      return events.map((event) => event.logStreamName?.split('/').at(-1))
    })
    .toEqual([taskId])
  await expect(
    page.locator(`[data-instance-id="instance/${taskId}"][data-answered="true"]`).first(),
  ).toBeVisible()
})

test('fifty calls show both instances with counts that add up', async ({ page, product }) => {
  await openMap(page, product, '?call=1')
  await card(page, 'backend-api').click()
  await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).click()
  const drawer = page.getByRole('region', { name: 'Call' })
  await drawer.getByLabel('Path').fill('/api/data')
  await drawer.getByLabel('How many calls').fill('50')
  await drawer.getByRole('button', { name: /Call × ?50/ }).click()
  const counts = drawer.locator('[data-spread-count]')
  await expect
    .poll(async () =>
      (
        await counts.evaluateAll((cells) =>
          cells.map((cell) => Number(cell.getAttribute('data-spread-count'))),
        )
      ).reduce((sum, count) => sum + count, 0),
    )
    .toBe(50)
  await expect(counts).toHaveCount(2)
  for (const count of await counts.evaluateAll((cells) =>
    cells.map((cell) => Number(cell.getAttribute('data-spread-count'))),
  ))
    expect(count).toBeGreaterThan(0)
  await expect(drawer).toContainText('p95')
})
