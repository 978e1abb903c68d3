import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  waitUntilServicesStable,
} from '@aws-sdk/client-ecs'
import type { Page } from '@playwright/test'
import { command } from '../e2e/support/connect'
import type { EmptyTarget } from '../e2e/support/empty-target'
import { card, expect } from '../e2e/support/journey'
import { kept, type Scene } from './scene'

/** Tasks of the service that run now stay healthy; those that are started from now on never get so far. */
async function holdNewTasks(ecs: ECSClient, service: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-pictures-'))
  const gate = join(folder, 'open')
  await writeFile(gate, '')
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ services: [service] }))
  const described = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: services[0]?.taskDefinition }),
  )
  const { family, networkMode, requiresCompatibilities, cpu, memory, containerDefinitions } =
    described.taskDefinition ?? {}
  const registered = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      networkMode,
      requiresCompatibilities,
      cpu,
      memory,
      containerDefinitions: containerDefinitions?.map((container) => ({
        ...container,
        // Once passed, not asked again before the pictures are taken.
        healthCheck: { command: ['CMD-SHELL', `test -e ${gate}`], interval: 300, retries: 10 },
      })),
    }),
  )
  const { taskDefinitionArn } = registered.taskDefinition ?? {}
  await ecs.send(new UpdateServiceCommand({ service, taskDefinition: taskDefinitionArn }))
  await waitUntilServicesStable({ client: ecs, maxWaitTime: 60, minDelay: 1 }, { services: [service] })
  await rm(folder, { recursive: true })
}

/** Switches Service Connect on for the demo's backend, and the new tasks wait beside the old ones. */
export async function holdRollout(page: Page, { ecs, consoleUrl }: EmptyTarget): Promise<void> {
  await holdNewTasks(ecs, 'backend-api-service')
  await page.goto(consoleUrl)
  await expect(card(page, 'backend-api')).toContainText('2/2')
  await command(page, 'service connect on for backend-api')
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator('[data-planned-step]')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Deploy' }).click()
  await expect(dialog.locator('[data-step-state="waiting"]')).toBeVisible()
}

/** Of a console in which `holdRollout` was called. */
export const scenesOfRollout: readonly Scene[] = [
  kept('service-connect-rollout', async (page, consoleUrl) => {
    await page.goto(`${consoleUrl}/plans`)
    await page
      .getByRole('link', { name: /Service Connect on/ })
      .first()
      .click()
    await expect(page.locator('[data-step-state="waiting"]')).toContainText(
      '2 of 2 running, 2 old tasks left',
    )
    const rollout = page.locator('[data-rollout="backend-api"]')
    await expect(rollout).toContainText('0 of 2 new tasks ready, 2 old tasks left')
    await expect(page.getByRole('region', { name: 'AWS CLI' })).toContainText('aws ')
  }),
]
