// How long it takes until callers resolve a name of Service Connect, by the buttons of the page.
import { ECSClient, UpdateServiceCommand, waitUntilServicesStable } from '@aws-sdk/client-ecs'
import { addExampleStack } from '../support/stack.mjs'
import { launchBrowser, withConsole } from './browser.mjs'
import { median, shown } from './table.mjs'

const switchings = 3
const caller = 'frontend-web-service'

/** Only a task that can be entered can be asked what it resolves. @param {string} endpoint */
async function enableExec(endpoint) {
  const ecs = new ECSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
  })
  await ecs.send(
    new UpdateServiceCommand({ service: caller, enableExecuteCommand: true, forceNewDeployment: true }),
  )
  await waitUntilServicesStable({ client: ecs, maxWaitTime: 60, minDelay: 1 }, { services: [caller] })
  ecs.destroy()
}

/** @param {import('@playwright/test').Page} page @param {import('@playwright/test').Locator} box @param {RegExp} option */
async function choose(page, box, option) {
  await box.click()
  await page.getByRole('option', { name: option }).click()
}

/**
 * From Run until the plan is done, and until a call by the alias from inside the caller's task was answered.
 * @param {import('@playwright/test').Page} page @param {string} consoleUrl
 */
async function switchOn(page, consoleUrl) {
  await page.goto(`${consoleUrl}/?selected=service%2Fdefault%2Fbackend-api-service`)
  await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('searchbox').fill('service connect on for backend-api')
  await page.getByRole('menuitem').first().waitFor()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  const deploy = dialog.getByRole('button', { name: 'Deploy' })
  await deploy.click({ trial: true })
  const began = performance.now()
  await deploy.click()
  await page.locator('[data-run-state="done"]').waitFor()
  const doneMs = performance.now() - began
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).click()
  const call = page.getByRole('region', { name: 'Call' })
  await choose(page, call.getByRole('button', { name: /Call from/ }), /frontend-web/)
  await choose(page, call.getByRole('button', { name: /Service to call/ }), /backend-api/)
  await choose(page, call.getByRole('button', { name: /Found by/ }), /alias/)
  await call.getByLabel('Path').fill('/api/data')
  await call.getByRole('button', { name: 'Call', exact: true }).click()
  await call.locator('[data-answered-task-id]').waitFor()
  return { doneMs, answeredMs: performance.now() - began }
}

export async function measureToggle() {
  const browser = await launchBrowser()
  /** @type {{ doneMs: number, answeredMs: number }[]} */
  const times = []
  for (let run = 0; run < switchings; run++)
    await withConsole(browser, [], async (page, consoleUrl, cloudUrl) => {
      await addExampleStack(cloudUrl)
      await enableExec(cloudUrl)
      times.push(await switchOn(page, consoleUrl))
    })
  await browser.close()
  const answered = times.map(({ answeredMs }) => answeredMs)
  /** @type {import('./table.mjs').Figure[]} */
  const figures = [
    {
      what: `Service Connect on, 2 tasks and their caller: Run → a call by the alias from inside the caller's task answered (median of ${switchings})`,
      value: median(answered) / 1000,
      unit: 's',
      bound: 15,
      sense: 'at most',
      beside: `slowest ${shown(Math.max(...answered) / 1000)} s; the plan was done after ${shown(median(times.map(({ doneMs }) => doneMs)) / 1000)} s, the rest is choosing and calling in the drawer`,
    },
  ]
  return figures
}
