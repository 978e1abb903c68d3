import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import type { Page } from '@playwright/test'
import { type EmptyTarget, startEmptyTarget } from './support/empty-target'
import { card, expect, test } from './support/journey'
import { atStep, choose, createDiscoveryService, createNamespace, goOn, runToEnd } from './support/wizard'

test.describe.configure({ mode: 'serial' })

let target: EmptyTarget
test.beforeAll(async () => {
  target = await startEmptyTarget()
})
test.afterAll(async () => target.stop())

type Service = {
  readonly image: string
  readonly port: number
  readonly discoveryName: string
  readonly cluster: RegExp
  /** A row of the menu of addresses. */
  readonly address?: string
}

async function createService(page: Page, service: Service): Promise<void> {
  const { image, port, discoveryName, cluster, address } = service
  await page.goto(`${target.consoleUrl}/create/service`)
  await atStep(page, 'Cluster and image')
  await expect(page.getByRole('button', { name: /Cluster$/ })).toContainText(cluster)
  await page.getByRole('textbox', { name: 'Image', exact: true }).fill(image)
  await expect(page.getByRole('textbox', { name: 'Service name' })).toHaveValue(discoveryName)
  await goOn(page, 'Task definition')
  await page.getByRole('textbox', { name: 'Number of port 1' }).fill(String(port))
  if (address) {
    await page.getByRole('button', { name: 'Add address of a service' }).click()
    await page.getByRole('menuitem', { name: address }).click()
  }
  await goOn(page, 'How others find it')
  await choose(page, 'Discovery service', `${discoveryName}.production.local`)
  await goOn(page, 'Network')
  await goOn(page, 'Count and deployment')
  await goOn(page, 'Review and create')
  await runToEnd(page, 'Create ECS service')
}

test('a newcomer builds the whole service-to-service setup by wizards alone, and the call answers', async ({
  page,
}) => {
  test.setTimeout(240_000)
  await page.goto(target.consoleUrl)
  await page.getByRole('link', { name: 'Create namespace' }).click()
  await createNamespace(page, target.consoleUrl, 'production.local')
  await createDiscoveryService(page, target.consoleUrl, 'backend-api')
  await createDiscoveryService(page, target.consoleUrl, 'frontend-web')
  await createService(page, {
    image: 'backend-api:latest',
    port: 8080,
    discoveryName: 'backend-api',
    cluster: /New cluster/,
  })
  await createService(page, {
    image: 'frontend-web:latest',
    port: 3000,
    discoveryName: 'frontend-web',
    cluster: /default/,
    address: 'BACKEND_URL → backend-api',
  })

  await page.goto(target.consoleUrl)
  await expect(card(page, 'backend-api')).toContainText('2/2')
  await expect(card(page, 'frontend-web')).toContainText('2/2')
  await expect(page.locator('[data-edge-id]')).toHaveCount(1)
  await card(page, 'backend-api').click()
  await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).click()
  const drawer = page.getByRole('region', { name: 'Call' })
  await drawer.getByLabel('Path').fill('/api/data')
  await drawer.getByRole('button', { name: 'Call', exact: true }).click()
  await expect(drawer.locator('[data-answered-task-id]')).toContainText('"hostname"')

  const { services = [] } = await target.ecs.send(
    new DescribeServicesCommand({ services: ['backend-api', 'frontend-web'] }),
  )
  expect(services.map(({ serviceRegistries = [] }) => serviceRegistries.length)).toEqual([1, 1])
})

test('a wizard is filled in, checked and run by the keyboard alone', async ({ page }) => {
  await page.goto(target.consoleUrl)
  await page.getByRole('button', { name: 'Create', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Namespace' })).toBeFocused()
  await page.keyboard.press('Enter')
  await atStep(page, 'Kind')
  const kind = page.getByRole('radio', { name: 'Private DNS' })
  await kind.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'HTTP' })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await atStep(page, 'Name and reach')
  await expect(page.getByRole('heading', { level: 2 })).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert').filter({ hasText: '1 thing to put right' })).toBeVisible()
  const line = page.getByRole('button', { name: 'Give the namespace a name.' })
  await line.focus()
  await page.keyboard.press('Enter')
  const name = page.getByRole('textbox', { name: 'Name', exact: true })
  await expect(name).toBeFocused()
  await expect(name).toHaveAccessibleDescription(/Give the namespace a name/)
  await page.keyboard.type('by-keyboard')
  await expect(page.getByText('1 thing to put right')).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  await atStep(page, 'Description and tags')
  await page.keyboard.press('Control+Enter')
  await atStep(page, 'Review and create')
  await expect(page.getByRole('region', { name: 'Plan' })).toContainText('by-keyboard')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/\/plans\//)
  await expect(page.getByText('It is done.')).toBeVisible()
})

test('a draft survives a reload, and Escape asks before it is put away', async ({ page }) => {
  await page.goto(`${target.consoleUrl}/create/service`)
  await atStep(page, 'Cluster and image')
  await page.getByRole('textbox', { name: 'Image', exact: true }).fill('kept:1.0')
  await goOn(page, 'Task definition')
  await page.getByRole('button', { name: 'Add variable' }).click()
  await page.getByRole('textbox', { name: /^Variable/ }).fill('PASSWORD')
  await page.getByRole('combobox', { name: /^Value/ }).fill('only-in-this-tab')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('status').filter({ hasText: 'draft saved' })).toBeVisible()
  await page.reload()
  await atStep(page, 'Task definition')
  await expect(page.getByRole('combobox', { name: /^Value/ })).toHaveValue('only-in-this-tab')
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('only-in-this-tab')

  // Another tab of this browser finds the draft, without what was secret.
  const other = await page.context().newPage()
  await other.goto(`${target.consoleUrl}/create/service?step=task-definition`)
  await atStep(other, 'Task definition')
  await expect(other.getByRole('textbox', { name: /^Variable/ })).toHaveValue('PASSWORD')
  await expect(other.getByRole('combobox', { name: /^Value/ })).toHaveValue('')
  await other.close()

  await page.getByRole('heading', { level: 2 }).click()
  await page.keyboard.press('Escape')
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('Leave this wizard?')
  await dialog.getByRole('button', { name: 'Go on here' }).click()
  await page.getByRole('button', { name: 'Start over' }).click()
  await dialog.getByRole('button', { name: 'Discard draft' }).click()
  await atStep(page, 'Cluster and image')
  await expect(page.getByRole('textbox', { name: 'Image', exact: true })).toHaveValue('')
})

test('a double click makes one thing', async ({ page }) => {
  await page.goto(`${target.consoleUrl}/create/cluster`)
  await atStep(page, 'Cluster')
  await page.getByRole('textbox', { name: 'Cluster name' }).fill('only-once')
  await goOn(page, 'Tags')
  await goOn(page, 'Review and create')
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.headers()['next-action']) sent.push(request.url())
  })
  await page.getByRole('button', { name: 'Create cluster', exact: true }).dblclick()
  await page.waitForURL(/\/plans\//)
  await expect(page.getByText('It is done.')).toBeVisible()
  expect(sent).toHaveLength(1)
})

test('hostile names are shown as text, in the form, on the map and in every language', async ({ page }) => {
  const hostile = `<img src=x onerror=alert(1)>"'\`$(id)\${x}`
  let alerts = 0
  page.on('dialog', (dialog) => {
    alerts += 1
    void dialog.dismiss()
  })
  await page.goto(`${target.consoleUrl}/create/namespace`)
  await atStep(page, 'Kind')
  await page.getByRole('radio', { name: 'HTTP' }).check()
  await goOn(page, 'Name and reach')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(hostile.replaceAll(' ', ''))
  await goOn(page, 'Description and tags')
  await page.getByRole('textbox', { name: 'Description' }).fill(hostile)
  const preview = page.getByRole('complementary', { name: 'Preview' })
  await expect(preview.getByText('<imgsrc=xonerror=alert(1)>').first()).toBeVisible()
  for (const tab of ['CloudFormation', 'CDK', 'Terraform', 'JSON', 'AWS CLI']) {
    await preview.getByRole('tab', { name: tab }).click()
    await expect(preview.getByRole('region', { name: tab })).toContainText('onerror=alert(1)')
  }
  // A row that was only added is no mistake yet; the code beside it says that it is not of this form.
  await page.getByRole('button', { name: 'Add tag' }).click()
  await expect(preview).toContainText('This code is of the form before. A tag needs a key.')
  await expect(page.locator('[aria-invalid]')).toHaveCount(0)
  await page.getByRole('button', { name: 'Remove Tags, row 1' }).click()
  await expect(preview).not.toContainText('of the form before')
  await goOn(page, 'Review and create')
  await expect(page.getByRole('region', { name: 'Plan' })).toContainText('<imgsrc=x')
  expect(await page.locator('img').count()).toBe(0)
  expect(alerts).toBe(0)
})
