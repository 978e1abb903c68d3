import { startFaultyEndpoint } from '../support/faulty-endpoint'
import { addExampleStack, startCloud, startConsole } from '../support/stack.mjs'
import { card, expect, test } from './support/journey'

/** A console whose endpoint can be made to fail. */
async function startTroubled() {
  const cloud = await startCloud(['--runtime', 'simulated'])
  await addExampleStack(cloud.url)
  const endpoint = await startFaultyEndpoint(cloud.url)
  const console = await startConsole(endpoint.url)
  return {
    endpoint,
    url: console.url,
    async stop() {
      await console.stop()
      await endpoint.stop()
      await cloud.stop()
    },
  }
}

test('while the endpoint fails the last map stays with its age, the reason and the remedy, and it recovers by itself', async ({
  page,
}) => {
  const troubled = await startTroubled()
  try {
    await page.goto(troubled.url)
    await expect(card(page, 'backend-api')).toContainText('2/2')
    const faults = [
      { kind: 'raw', status: 200, contentType: 'text/html', body: '<html>Welcome</html>' },
      {
        kind: 'error',
        code: 'ExpiredTokenException',
        message: 'The security token included in the request is expired',
      },
      { kind: 'hang up' },
    ] as const
    for (const fault of faults) {
      troubled.endpoint.fault('*', fault)
      await expect(page.getByText('The map is not up to date')).toBeVisible({ timeout: 20_000 })
      await expect(page.getByText('Error code', { exact: true })).toBeVisible()
      await expect(page.getByRole('banner')).toContainText('last read')
      await expect(card(page, 'backend-api')).toContainText('2/2')
      troubled.endpoint.fault('*', null)
      await expect(page.getByText('The map is not up to date')).toHaveCount(0, { timeout: 20_000 })
      await expect(page.getByRole('banner')).toContainText('live')
    }
  } finally {
    await troubled.stop()
  }
})

test('a call that is denied leaves a named hole, and the rest of the map stands', async ({ page }) => {
  const troubled = await startTroubled()
  try {
    troubled.endpoint.fault('ecs:ListTasks', {
      kind: 'error',
      code: 'AccessDeniedException',
      message: 'User is not authorized',
    })
    await page.goto(troubled.url)
    await expect(page.getByText(/Not permitted: ecs:ListTasks/)).toBeVisible()
    await expect(card(page, 'backend-api')).toContainText('backend-api.production.local')
    troubled.endpoint.fault('ecs:ListTasks', null)
    await expect(page.getByText(/Not permitted: ecs:ListTasks/)).toHaveCount(0)
    await expect(card(page, 'backend-api').locator('[data-instance-id]')).toHaveCount(2)
  } finally {
    await troubled.stop()
  }
})

test('an empty cloud says what this place is for', async ({ page }) => {
  const cloud = await startCloud(['--runtime', 'simulated', '--empty'])
  const console = await startConsole(cloud.url)
  try {
    await page.goto(console.url)
    await expect(page.getByText(/no services/i).first()).toBeVisible()
  } finally {
    await console.stop()
    await cloud.stop()
  }
})

test('an endpoint that never answered is named with its region, and its account as unknown', async ({
  page,
}) => {
  const console = await startConsole('http://127.0.0.1:9')
  try {
    await page.goto(console.url)
    await expect(page.getByText('The map could not be read')).toBeVisible()
    const target = page.getByRole('button', { name: /^Target: Local cloud/ })
    await expect(target).toHaveText(/us-east-1 · 127\.0\.0\.1:9 · account unknown/)
    await target.click()
    await expect(page.getByRole('dialog', { name: 'Target' })).toContainText('STS has not answered')
  } finally {
    await console.stop()
  }
})
