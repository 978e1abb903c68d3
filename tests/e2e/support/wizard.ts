import { expect, type Page } from '@playwright/test'

/** A step's heading is there; the step is ready to be filled in. */
export async function atStep(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 2, name: title, exact: true })).toBeVisible()
}

/** Goes on to the step with this title. */
export async function goOn(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: /^Next: / }).click()
  await atStep(page, title)
}

/** Chooses in one of our lists; `option` is what its row begins with. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click()
  await page.getByRole('option', { name: new RegExp(`^${option}`) }).click()
}

/** Presses the last button and waits until the run has done all its steps. */
export async function runToEnd(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.waitForURL(/\/plans\//)
  await expect(page.getByText(/^(It is done|All \d+ steps are done)\./)).toBeVisible({ timeout: 40_000 })
}

export async function createNamespace(page: Page, consoleUrl: string, name: string): Promise<void> {
  await page.goto(`${consoleUrl}/create/namespace`)
  await atStep(page, 'Kind')
  await goOn(page, 'Name and reach')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await goOn(page, 'Description and tags')
  await goOn(page, 'Review and create')
  await runToEnd(page, 'Create namespace')
}

export async function createDiscoveryService(page: Page, consoleUrl: string, name: string): Promise<void> {
  await page.goto(`${consoleUrl}/create/discovery-service`)
  await atStep(page, 'Namespace and name')
  await page.getByRole('textbox', { name: 'Discovery service name' }).fill(name)
  for (const title of ['DNS records', 'Health', 'Description and tags', 'Review and create'])
    await goOn(page, title)
  await runToEnd(page, 'Create discovery service')
}
