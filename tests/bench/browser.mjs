// What the parts of the bench that look at the page share: one browser, and a local cloud and a console of their own for each.
import { chromium } from '@playwright/test'
import { startCloud, startConsole } from '../support/stack.mjs'

/** @typedef {import('@playwright/test').Page} Page */

export const launchBrowser = () =>
  chromium.launch({
    executablePath: process.env.SWITCHBOARD_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  })

/** @param {import('@playwright/test').Browser} browser @param {readonly string[]} flags @param {(page: Page, consoleUrl: string, cloudUrl: string) => Promise<void>} work */
export async function withConsole(browser, flags, work) {
  const cloud = await startCloud(['--ephemeral', ...flags])
  const console = await startConsole(cloud.url)
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    await work(await context.newPage(), console.url, cloud.url)
  } finally {
    await context.close()
    await console.stop()
    await cloud.stop()
  }
}
