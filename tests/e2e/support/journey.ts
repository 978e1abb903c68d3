import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { ECSClient } from '@aws-sdk/client-ecs'
import { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery'
import { test as base, expect, type Page } from '@playwright/test'
import { addExampleStack, startCloud, startConsole } from '../../support/stack.mjs'

/** The product as a user has it: the local cloud with real task processes, the example stack, and the built console. */
export type Product = {
  readonly cloudUrl: string
  readonly dns: string
  readonly consoleUrl: string
  readonly ecs: ECSClient
  readonly cloudMap: ServiceDiscoveryClient
  readonly logs: CloudWatchLogsClient
}

export const test = base.extend<{ quiet: undefined }, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const cloud = await startCloud()
      await addExampleStack(cloud.url)
      const console = await startConsole(cloud.url)
      const settings = {
        endpoint: cloud.url,
        region: 'us-east-1',
        credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
      }
      const ecs = new ECSClient(settings)
      const cloudMap = new ServiceDiscoveryClient({ ...settings, disableHostPrefix: true })
      const logs = new CloudWatchLogsClient(settings)
      await use({ cloudUrl: cloud.url, dns: cloud.dns, consoleUrl: console.url, ecs, cloudMap, logs })
      for (const client of [ecs, cloudMap, logs]) client.destroy()
      await console.stop()
      await cloud.stop()
    },
    { scope: 'worker' },
  ],
  // Nothing may go wrong unseen: an exception on the page, or anything that its own policy refused, fails the test.
  quiet: [
    async ({ page }, use) => {
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(`exception: ${error.message}`))
      page.on('console', (message) => {
        if (
          message.type() === 'error' &&
          /Content Security Policy|Hydration|did not match/i.test(message.text())
        )
          problems.push(message.text())
      })
      await use(undefined)
      expect(problems).toEqual([])
    },
    { auto: true },
  ],
})

/** A service's card on the map, by the name it shows. */
export const card = (page: Page, name: string) => page.locator(`[data-service-name="${name}"]`)

/** Opens the map and waits until the example stack runs. */
export async function openMap(page: Page, product: Product, query = ''): Promise<void> {
  await page.goto(`${product.consoleUrl}/${query}`)
  await expect(card(page, 'backend-api')).toContainText(/(\d+)\/\1/)
  await expect(card(page, 'frontend-web')).toContainText('1/1')
}

export { expect }
