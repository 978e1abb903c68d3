// What a person waits for while something is being made: the next step, the preview, and the first example until it answers.
import { launchBrowser, withConsole } from './browser.mjs'
import { median, percentile, shown } from './table.mjs'

const rounds = 8
const keystrokes = 40
const deployments = 3

/** @typedef {import('@playwright/test').Page} Page */

/**
 * Measures in the page, from the press of Ctrl Enter to the frame in which the next heading stands.
 * @param {Page} page
 */
const nextStepMs = (page) =>
  page.evaluate(
    () =>
      /** @type {Promise<number>} */ (
        new Promise((resolve, reject) => {
          const heading = () => document.querySelector('main h2')?.textContent
          const before = heading()
          const began = performance.now()
          document
            .querySelector('main h2')
            ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }))
          const look = () => {
            if (heading() !== before) requestAnimationFrame(() => resolve(performance.now() - began))
            else if (performance.now() - began > 10_000) reject(new Error(`still at ${before}`))
            else requestAnimationFrame(look)
          }
          look()
        })
      ),
  )

/** @param {Page} page @param {string} consoleUrl */
async function openDiscovery(page, consoleUrl) {
  await page.goto(`${consoleUrl}/create/discovery-service`)
  await page.getByRole('textbox', { name: 'Discovery service name' }).waitFor()
}

/** @param {Page} page */
const forgetDrafts = (page) =>
  page.evaluate(() => {
    localStorage.clear()
    sessionStorage.clear()
  })

/** From step to step through the longest wizard, again and again. @param {Page} page @param {string} consoleUrl */
async function stepTimes(page, consoleUrl) {
  const times = []
  for (let round = 0; round < rounds; round++) {
    await page.goto(`${consoleUrl}/create/service`)
    const image = page.getByRole('textbox', { name: 'Image', exact: true })
    await image.fill('user-service:latest')
    times.push(await nextStepMs(page))
    await page.getByRole('textbox', { name: 'Name of port 1' }).fill('http')
    await page.getByRole('textbox', { name: 'Number of port 1' }).fill('8080')
    times.push(await nextStepMs(page))
    await page.getByRole('radio', { name: 'Service discovery' }).check()
    await page.getByRole('button', { name: /Discovery service$/ }).click()
    await page.getByRole('option', { name: /^backend-api/ }).click()
    for (const _ of ['network', 'count', 'review']) times.push(await nextStepMs(page))
    await forgetDrafts(page)
  }
  return times
}

/**
 * From the last keystroke to the frame in which the code holds the new name: one character more or less each time.
 * @param {Page} page @param {string} consoleUrl
 */
async function previewTimes(page, consoleUrl) {
  await openDiscovery(page, consoleUrl)
  const field = page.getByRole('textbox', { name: 'Discovery service name' })
  await field.fill('measured')
  await page.getByRole('region', { name: 'AWS CLI' }).getByText('"measured"').waitFor()
  await field.press('End')
  // Keys and frames are watched from the start: a question to the page may arrive after the key does.
  await page.evaluate(() => {
    const root = document.documentElement
    document.addEventListener('keydown', () => (root.dataset.keyAt = String(performance.now())), {
      capture: true,
    })
    let shown = ''
    const look = () => {
      const text = document.querySelector('[aria-label="AWS CLI"] code')?.textContent ?? ''
      if (text !== shown) root.dataset.shownAt = String(performance.now())
      shown = text
      requestAnimationFrame(look)
    }
    look()
  })
  const times = []
  for (let at = 0; at < keystrokes; at++) {
    const isLonger = at % 2 === 0
    await page.keyboard.press(isLonger ? 'x' : 'Backspace')
    await page
      .getByRole('region', { name: 'AWS CLI' })
      .getByText(isLonger ? '"measuredx"' : '"measured"')
      .waitFor()
    times.push(
      await page.evaluate(
        () =>
          /** @type {Promise<number>} */ (
            new Promise((resolve) => {
              const { dataset } = document.documentElement
              const look = () => {
                const elapsed = Number(dataset.shownAt) - Number(dataset.keyAt)
                if (elapsed > 0) resolve(elapsed)
                else requestAnimationFrame(look)
              }
              look()
            })
          ),
      ),
    )
  }
  await forgetDrafts(page)
  return times
}

/** From the press of Deploy until all its calls were answered. @param {Page} page @param {string} consoleUrl */
async function deployMs(page, consoleUrl) {
  await page.goto(`${consoleUrl}/examples?example=service-to-service`)
  const deploy = page.getByRole('button', { name: 'Deploy', exact: true })
  await deploy.click({ trial: true })
  const began = performance.now()
  await deploy.click()
  // A run is done when both services are stable.
  await page.locator('[data-run-state="done"]').waitFor()
  await page.getByRole('button', { name: 'Test all calls' }).click()
  await page.locator('[data-proof-outcome="answered"]').first().waitFor()
  return performance.now() - began
}

export async function measureWizard() {
  const browser = await launchBrowser()
  /** @type {number[]} */
  const deploys = []
  for (let run = 0; run < deployments; run++)
    await withConsole(browser, [], async (page, url) => void deploys.push(await deployMs(page, url)))
  /** @type {number[]} */
  const steps = []
  /** @type {number[]} */
  const previews = []
  await withConsole(browser, ['--runtime', 'simulated'], async (page, url) => {
    await deployMs(page, url)
    steps.push(...(await stepTimes(page, url)))
    previews.push(...(await previewTimes(page, url)))
  })
  await browser.close()

  /** @type {import('./table.mjs').Figure[]} */
  const figures = [
    {
      what: `wizard step to step, p95 of ${steps.length}`,
      value: percentile(steps, 0.95),
      unit: 'ms',
      bound: 100,
      sense: 'at most',
      beside: `median ${shown(median(steps))} ms, from the key to the frame that shows the step`,
    },
    {
      what: `plan preview in all formats after the last keystroke, in the browser, p95 of ${previews.length}`,
      value: percentile(previews, 0.95),
      unit: 'ms',
      bound: 150,
      sense: 'at most',
      beside: `median ${shown(median(previews))} ms, from the key to the frame that shows the code`,
    },
    {
      what: `demo example: Deploy → both services stable and the first call answered (median of ${deployments})`,
      value: median(deploys) / 1000,
      unit: 's',
      bound: 8,
      sense: 'at most',
      beside: `slowest ${shown(Math.max(...deploys) / 1000)} s, by the buttons of the page`,
    },
  ]
  return figures
}
