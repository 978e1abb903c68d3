import { Resolver } from 'node:dns/promises'
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { DiscoverInstancesCommand } from '@aws-sdk/client-servicediscovery'
import { card, expect, openMap, type Product, test } from './support/journey'
import { processOfTask } from './support/processes'

const addressesOf = async (product: Product): Promise<string[]> => {
  const { Instances = [] } = await product.cloudMap.send(
    new DiscoverInstancesCommand({
      NamespaceName: 'production.local',
      ServiceName: 'backend-api',
      HealthStatus: 'ALL',
    }),
  )
  return Instances.map((instance) => instance.Attributes?.AWS_INSTANCE_IPV4 ?? '').sort()
}

async function scale(product: Product, desiredCount: number): Promise<void> {
  await product.ecs.send(new UpdateServiceCommand({ service: 'backend-api-service', desiredCount }))
}

test('the map shows the namespace, both services with their counts, and the declared edge', async ({
  page,
  product,
}) => {
  await openMap(page, product)
  await expect(page.getByText('production.local').first()).toBeVisible()
  await expect(card(page, 'backend-api')).toContainText('2/2')
  await expect(page.locator('[data-edge-id]')).toHaveCount(1)
  await expect(page.locator('[data-edge-id]')).toContainText('declared')
})

test('a third instance appears without a reload after scaling by the AWS SDK, and goes again', async ({
  page,
  product,
}) => {
  await openMap(page, product)
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }))
  await scale(product, 3)
  await expect(card(page, 'backend-api')).toContainText('3/3')
  await expect(card(page, 'backend-api').locator('[data-instance-id]')).toHaveCount(3)
  expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true)
  await scale(product, 2)
  await expect(card(page, 'backend-api')).toContainText('2/2')
  await expect(card(page, 'backend-api').locator('[data-instance-id]')).toHaveCount(2)
})

test('a task whose process is killed is replaced, and its address leaves DNS and DiscoverInstances', async ({
  page,
  product,
}) => {
  await openMap(page, product)
  const { taskArns = [] } = await product.ecs.send(
    new ListTasksCommand({ serviceName: 'backend-api-service' }),
  )
  const { tasks = [] } = await product.ecs.send(new DescribeTasksCommand({ tasks: taskArns }))
  const victim = tasks[0]
  const details = victim?.attachments?.[0]?.details ?? []
  const address = details.find((detail) => detail.name === 'privateIPv4Address')?.value ?? ''
  const taskId = victim?.taskArn?.split('/').at(-1) ?? ''
  expect(await addressesOf(product)).toContain(address)

  process.kill(await processOfTask(taskId), 'SIGKILL')

  await expect.poll(() => addressesOf(product)).not.toContain(address)
  const [host = '', port = ''] = product.dns.split(':')
  const resolver = new Resolver()
  resolver.setServers([`${host}:${port}`])
  await expect.poll(() => resolver.resolve4('backend-api.production.local')).not.toContain(address)
  await expect
    .poll(async () => {
      const { services } = await product.ecs.send(
        new DescribeServicesCommand({ services: ['backend-api-service'] }),
      )
      return services?.[0]?.runningCount
    })
    .toBe(2)
  // The map tells of a failed task for a while, and does not count it.
  await expect(card(page, 'backend-api')).toHaveAttribute(
    'aria-label',
    'backend-api, 2 of 2 running, steady, 1 failing',
  )
  await expect(card(page, 'backend-api')).toContainText('2/2')
  await expect.poll(async () => (await addressesOf(product)).length).toBe(2)
})

test('the table says the same as the map and is one key away', async ({ page, product }) => {
  await openMap(page, product)
  await page.keyboard.press('v')
  const row = page.getByRole('row').filter({ hasText: 'backend-api' })
  await expect(row.first()).toContainText('production.local')
  await expect(row.first()).toContainText(/2\s*\/\s*2/)
  await page.keyboard.press('v')
  await expect(card(page, 'backend-api')).toBeVisible()
})

test('the address holds what is looked at, so that a link shows a colleague the same', async ({
  page,
  product,
  context,
}) => {
  await openMap(page, product)
  await card(page, 'backend-api').click()
  await expect(page.getByRole('complementary')).toContainText('backend-api-service')
  const colleague = await context.newPage()
  await colleague.goto(page.url())
  await expect(colleague.getByRole('complementary')).toContainText('backend-api-service')
})

test('nothing moves when only a count changes', async ({ page, product }) => {
  await openMap(page, product)
  const places = () =>
    page
      .locator('[data-service-name]')
      .evaluateAll((cards) => cards.map((element) => JSON.stringify(element.getBoundingClientRect())))
  const before = await places()
  await scale(product, 3)
  await expect(card(page, 'backend-api')).toContainText('3/3')
  expect(await places()).toEqual(before)
  await scale(product, 2)
  await expect(card(page, 'backend-api')).toContainText('2/2')
})
