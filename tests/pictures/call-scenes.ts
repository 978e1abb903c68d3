import { DescribeTasksCommand, ListTasksCommand } from '@aws-sdk/client-ecs'
import { callFromFrontend } from '../e2e/support/connect'
import type { EmptyTarget } from '../e2e/support/empty-target'
import { card, expect } from '../e2e/support/journey'
import { kept, type Scene } from './scene'

const cluster = 'connect-demo'
const calls = 60

/** Calls the page of the demo on Service Connect, each of which calls the backend by its alias. */
async function callThroughProxies({ ecs }: EmptyTarget): Promise<void> {
  const { taskArns } = await ecs.send(new ListTasksCommand({ cluster, serviceName: 'frontend-web-service' }))
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))
  const address = tasks[0]?.attachments?.[0]?.details?.find(({ name }) => name === 'privateIPv4Address')
  for (let made = 0; made < calls; made++) {
    const answer = await fetch(`http://${address?.value}:3000/call-backend`)
    expect(answer.status).toBe(200)
    await answer.arrayBuffer()
  }
}

/** Of a target in which the demo on Service Connect runs. */
export const scenesOfCalls = (target: EmptyTarget): readonly Scene[] => [
  kept('call-from-inside', async (page, consoleUrl) => {
    await callThroughProxies(target)
    await page.goto(consoleUrl)
    await expect(card(page, 'backend-api')).toContainText('2/2')
    await card(page, 'backend-api').click()
    await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).click()
    const answered = await callFromFrontend(page, /alias/)
    await expect(answered).toContainText('"hostname"', { timeout: 20_000 })
    await expect(page.getByRole('list', { name: 'Trip' }).getByRole('listitem')).toHaveCount(6)
    await expect(page.locator('[data-edge-id]').first()).toContainText(/\d.*\/(s|min)/, { timeout: 20_000 })
    // The drawer and the inspector took their room from the map.
    await page.getByRole('button', { name: 'Fit everything in view' }).click()
    await page.mouse.move(0, 0)
    await expect(page.getByRole('tooltip')).toHaveCount(0)
  }),
]
