// What a person waits for: the second `npm start`, a change made elsewhere, and the weight of the page.
import { spawn } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { chromium } from '@playwright/test'
import { root } from '../../lib/launch/repository.mjs'
import { addExampleStack, freePort, startCloud, startConsole } from '../support/stack.mjs'
import { median, percentile, shown } from './table.mjs'

const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Looks at every frame until the card says so. Not `waitForFunction`: its later looks are evaluated by the page itself, which the
 * page's own policy forbids.
 * @param {import('@playwright/test').Page} page @param {string} name @param {string} counts
 */
const cardShows = (page, name, counts) =>
  page.evaluate(
    ([wanted, text]) =>
      /** @type {Promise<void>} */ (
        new Promise((resolve, reject) => {
          const giveUpAt = performance.now() + 30_000
          const look = () => {
            const cards = [...document.querySelectorAll(`[data-service-name="${wanted}"]`)]
            if (cards.some((card) => card.textContent?.includes(text ?? ''))) resolve()
            else if (performance.now() > giveUpAt) reject(new Error(`no card of ${wanted} shows ${text}`))
            else requestAnimationFrame(look)
          }
          look()
        })
      ),
    [name, counts],
  )

/** @param {import('@playwright/test').Browser} browser */
async function secondStartMs(browser) {
  const port = await freePort()
  const emulatorPort = await freePort()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const began = performance.now()
  const child = spawn(
    'npm',
    ['start', '--', '--ephemeral', '--port', String(port), '--emulator-port', String(emulatorPort)],
    {
      cwd: root,
      stdio: 'ignore',
      detached: true,
    },
  )
  const ended = new Promise((resolve) => child.once('close', resolve))
  for (;;) {
    try {
      const response = await page.goto(`http://localhost:${port}/`)
      if (response?.ok()) break
    } catch (error) {
      if (performance.now() - began > 60_000) throw error
    }
  }
  await cardShows(page, 'backend-api', '2/2')
  const elapsed = performance.now() - began
  await page.close()
  if (child.pid) process.kill(-child.pid, 'SIGTERM')
  await ended
  return elapsed
}

/** From the SDK's answer to the card on the screen. @param {import('@playwright/test').Browser} browser */
async function changeToMapMs(browser) {
  const cloud = await startCloud(['--runtime', 'simulated'])
  await addExampleStack(cloud.url)
  const console = await startConsole(cloud.url)
  const ecs = new ECSClient({
    endpoint: cloud.url,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
  })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(console.url)
  await cardShows(page, 'backend-api', '2/2')
  const times = []
  for (let change = 0; change < 50; change++) {
    const desiredCount = change % 2 === 0 ? 3 : 2
    // At another moment of the watcher's second each time, so that the figure is not one phase's.
    await page.waitForTimeout((change * 137) % 1000)
    await ecs.send(new UpdateServiceCommand({ service: 'backend-api-service', desiredCount }))
    const began = performance.now()
    await cardShows(page, 'backend-api', `/${desiredCount}`)
    times.push(performance.now() - began)
    for (;;) {
      const { services } = await ecs.send(new DescribeServicesCommand({ services: ['backend-api-service'] }))
      if (services?.[0]?.runningCount === desiredCount) break
    }
    await cardShows(page, 'backend-api', `${desiredCount}/${desiredCount}`)
  }
  await page.close()
  await console.stop()
  await cloud.stop()
  return times
}

/** Gzipped JavaScript that the page names itself, and all that it loaded until it was quiet. @param {import('@playwright/test').Browser} browser */
async function pageWeightKb(browser) {
  const cloud = await startCloud(['--runtime', 'simulated'])
  await addExampleStack(cloud.url)
  const console = await startConsole(cloud.url)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  /** @type {Map<string, number>} */
  const sizes = new Map()
  /** @type {Promise<void>[]} */
  const reading = []
  /** @param {import('@playwright/test').Response} response */
  const weigh = (response) => {
    if (!/\.js(\?|$)/.test(response.url())) return
    reading.push(
      response.body().then((body) => void sizes.set(new URL(response.url()).pathname, gzipSync(body).length)),
    )
  }
  page.on('response', weigh)
  const html = (await (await page.goto(console.url))?.text()) ?? ''
  await cardShows(page, 'backend-api', '2/2')
  await page.waitForLoadState('load')
  for (let seen = -1; seen !== reading.length; ) {
    seen = reading.length
    await Promise.all(reading)
  }
  page.off('response', weigh)
  const named = [...html.matchAll(/<script[^>]+src="([^"]+\.js[^"]*)"/g)].map(
    (match) => (match[1] ?? '').split('?')[0] ?? '',
  )
  const first = [...new Set(named)].reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0)
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  await page.close()
  await console.stop()
  await cloud.stop()
  return { first: first / 1000, all: all / 1000 }
}

export async function measureMap() {
  const browser = await chromium.launch({
    executablePath: process.env.SWITCHBOARD_CHROMIUM ?? '/usr/bin/chromium',
    args: browserFlags,
  })
  const starts = []
  for (let run = 0; run < 3; run++) starts.push(await secondStartMs(browser))
  const changes = await changeToMapMs(browser)
  const weight = await pageWeightKb(browser)
  await browser.close()

  /** @type {import('./table.mjs').Figure[]} */
  const figures = [
    {
      what: 'second `npm start` → map with both services running on the screen (median of 3)',
      value: median(starts) / 1000,
      unit: 's',
      bound: 6,
      sense: 'at most',
    },
    {
      what: 'change made by the SDK → visible on the map, p95 of 50',
      value: percentile(changes, 0.95) / 1000,
      unit: 's',
      bound: 1.5,
      sense: 'at most',
      beside: `median ${shown(median(changes) / 1000)} s; the local cloud is looked at every second`,
    },
    {
      what: 'JavaScript of the map page, gzipped, first load',
      value: weight.first,
      unit: 'KB',
      bound: 280,
      sense: 'at most',
      beside: `${shown(weight.all)} KB with everything loaded once the map stands, the layout engine included`,
    },
  ]
  return figures
}
