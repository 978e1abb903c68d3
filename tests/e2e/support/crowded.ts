import type { Page } from '@playwright/test'
import { expect } from './journey'
import { atStep, choose, goOn } from './wizard'

const textbox = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

/** The preview shows the plan of what is in the form now, on the map and as code. */
async function withPreview(page: Page): Promise<void> {
  const opener = page.getByRole('button', { name: 'Map and code' })
  if (await opener.isVisible()) await opener.click()
  await expect(page.getByRole('region', { name: 'AWS CLI' })).toContainText('aws ')
  await expect(page.locator('[data-ghost]').first()).toBeVisible()
}

/** The kinds of a namespace beside each other, with everything else filled in. */
export async function crowdedNamespace(page: Page, consoleUrl: string): Promise<void> {
  await page.goto(`${consoleUrl}/create/namespace`)
  await atStep(page, 'Kind')
  await goOn(page, 'Name and reach')
  await textbox(page, 'Name').fill('staging.local')
  await goOn(page, 'Description and tags')
  await textbox(page, 'Description').fill('Services under test')
  await page.getByRole('button', { name: 'Add tag' }).click()
  await textbox(page, 'Key, Tags, row 1').fill('team')
  await textbox(page, 'Value, Tags, row 1').fill('platform')
  await page.getByRole('button', { name: 'Kind', exact: false }).first().click()
  await atStep(page, 'Kind')
  await withPreview(page)
}

/** Every kind of record, of routing, and what the TTL means. */
export async function crowdedDiscoveryService(page: Page, consoleUrl: string): Promise<void> {
  await page.goto(`${consoleUrl}/create/discovery-service`)
  await atStep(page, 'Namespace and name')
  await choose(page, 'Namespace', 'production.local')
  await textbox(page, 'Discovery service name').fill('user-service')
  await goOn(page, 'DNS records')
  await withPreview(page)
}

/** Found by Service Connect and by a discovery service of the same plan. */
export async function crowdedService(page: Page, consoleUrl: string): Promise<void> {
  await page.goto(`${consoleUrl}/create/service`)
  await atStep(page, 'Cluster and image')
  await textbox(page, 'Image').fill('user-service:latest')
  await goOn(page, 'Task definition')
  await textbox(page, 'Name of port 1').fill('http')
  await textbox(page, 'Number of port 1').fill('8080')
  await page.getByRole('button', { name: 'Add address of a service' }).click()
  await page
    .getByRole('menuitem', { name: /BACKEND/ })
    .first()
    .click()
  await page.getByRole('checkbox', { name: 'Health check' }).check()
  await goOn(page, 'How others find it')
  await page.getByRole('radio', { name: 'Both' }).check()
  await choose(page, 'Discovery service', 'New discovery service')
  const inset = page.getByRole('region', { name: 'New discovery service' })
  await inset.getByRole('button', { name: /Namespace$/ }).click()
  await page.getByRole('option', { name: /^production.local/ }).click()
  await choose(page, 'Service Connect namespace', 'That of the discovery service')
  await withPreview(page)
}

/** A container with a port, the address of another service and a health check. */
export async function crowdedTaskDefinition(page: Page, consoleUrl: string): Promise<void> {
  await crowdedService(page, consoleUrl)
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await atStep(page, 'Task definition')
}

/** A cluster with both capacity providers and a namespace. */
export async function crowdedCluster(page: Page, consoleUrl: string): Promise<void> {
  await page.goto(`${consoleUrl}/create/cluster`)
  await atStep(page, 'Cluster')
  await textbox(page, 'Cluster name').fill('batch')
  await page.getByRole('checkbox', { name: 'Fargate Spot' }).check()
  await choose(page, 'Service Connect namespace', 'production.local')
  const opener = page.getByRole('button', { name: 'Map and code' })
  if (await opener.isVisible()) await opener.click()
  await expect(page.getByRole('region', { name: 'AWS CLI' })).toContainText('create-cluster')
}
