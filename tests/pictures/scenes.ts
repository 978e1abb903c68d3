import { command } from '../e2e/support/connect'
import {
  crowdedCluster,
  crowdedDiscoveryService,
  crowdedNamespace,
  crowdedService,
  crowdedTaskDefinition,
} from '../e2e/support/crowded'
import { card, expect } from '../e2e/support/journey'
import { kept, looked, type Scene } from './scene'

const openFailedPlan: Scene['open'] = async (page, consoleUrl) => {
  await page.goto(`${consoleUrl}/plans`)
  await page
    .getByRole('link', { name: /^Deploy Copilot/ })
    .first()
    .click()
  await expect(page.locator('[data-run-state="failed"]')).toBeVisible()
  await page.locator('[data-step-state="failed"]').scrollIntoViewIfNeeded()
  await expect(page.getByRole('region', { name: 'AWS CLI' })).toContainText('aws ')
}

const openBackend: Scene['open'] = async (page, consoleUrl) => {
  await page.goto(`${consoleUrl}/?selected=service%2Fdefault%2Fbackend-api-service`)
  await expect(card(page, 'backend-api')).toContainText('2/2')
  await expect(page.getByRole('complementary')).toContainText('backend-api-service')
}

/** What a person sees of changes; each opens from anywhere. */
export const scenes: readonly Scene[] = [
  kept('wizard-namespace', crowdedNamespace),
  kept('wizard-discovery-service', crowdedDiscoveryService),
  kept('wizard-service', async (page, consoleUrl) => {
    await crowdedService(page, consoleUrl)
    await page.getByRole('heading', { level: 2 }).scrollIntoViewIfNeeded()
    await page.getByRole('heading', { level: 2 }).click()
  }),
  kept('plan-failed', openFailedPlan),
  kept('service-connect-toggle', async (page, consoleUrl) => {
    await page.goto(consoleUrl)
    await expect(card(page, 'backend-api')).toContainText('2/2')
    await command(page, 'service connect on for backend-api')
    const dialog = page.getByRole('dialog')
    await expect(dialog.locator('[data-planned-step]')).toHaveCount(2)
    await expect(dialog.locator('[data-service-name="backend-api"]')).toBeVisible()
    await expect(dialog.getByRole('region', { name: 'AWS CLI' })).toContainText('aws ')
  }),
  looked('wizard-task-definition', crowdedTaskDefinition),
  looked('wizard-cluster', crowdedCluster),
  looked('wizard-review', async (page, consoleUrl) => {
    await crowdedNamespace(page, consoleUrl)
    await page.getByRole('button', { name: /^Next/ }).click()
    await page.getByRole('button', { name: /^Next/ }).click()
    await page.getByRole('button', { name: /^Next/ }).click()
    await expect(page.getByRole('region', { name: 'Plan' })).toContainText('staging.local')
  }),
  looked('plans', async (page, consoleUrl) => {
    await page.goto(`${consoleUrl}/plans`)
    await expect(page.getByRole('row').nth(1)).toBeVisible()
  }),
  looked('activity', async (page, consoleUrl) => {
    await page.goto(`${consoleUrl}/activity`)
    await expect(page.getByRole('row').nth(1)).toBeVisible()
  }),
  looked('examples', async (page, consoleUrl) => {
    await page.goto(`${consoleUrl}/examples`)
    await expect(page.locator('[data-example-state]')).toHaveCount(3)
  }),
  looked('example', async (page, consoleUrl) => {
    await page.goto(`${consoleUrl}/examples?example=yelb`)
    await expect(page.getByRole('region', { name: 'Plan' })).toContainText('yelb-db')
  }),
  looked('example-deployed', async (page, consoleUrl) => {
    await page.goto(`${consoleUrl}/examples?example=service-to-service`)
    await page.getByRole('button', { name: 'Test all calls' }).click()
    await expect(page.locator('[data-proof-outcome="answered"]')).toHaveCount(2)
  }),
  looked('map', openBackend),
  looked('delete', async (page, consoleUrl) => {
    await openBackend(page, consoleUrl)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete service…' }).click()
    await expect(page.getByRole('textbox', { name: /to confirm/ })).toBeVisible()
  }),
  looked('scale', async (page, consoleUrl) => {
    await openBackend(page, consoleUrl)
    await page.getByRole('complementary').getByRole('button', { name: 'Scale' }).click()
    await page.getByRole('textbox', { name: 'Desired count' }).fill('5')
    await page.getByRole('dialog').getByText('The AWS call').click()
    await expect(page.getByRole('dialog').getByRole('tab', { name: 'AWS CLI' })).toBeVisible()
  }),
  looked('palette', async (page, consoleUrl) => {
    await openBackend(page, consoleUrl)
    await page.keyboard.press('Control+k')
    await page.getByRole('searchbox', { name: 'Search or run a command' }).fill('scale backend')
    await expect(page.getByRole('dialog')).toContainText('how many tasks?')
  }),
  looked('export', async (page, consoleUrl) => {
    await openBackend(page, consoleUrl)
    await page.getByText('production.local', { exact: true }).first().click()
    await page
      .getByRole('complementary')
      .getByRole('button', { name: /^Export/ })
      .click()
    await expect(page.getByRole('dialog').getByRole('region', { name: 'AWS CLI' })).toContainText('aws ')
  }),
]
