import { accessSync, constants } from 'node:fs'
import { longStep } from './progress.mjs'
import { run } from './run.mjs'
import { giveUp } from './say.mjs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** @param {string} path */
function isRunnable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Not there or not ours to run: the next place is tried.
    return false
  }
}

/** @returns {string | undefined} */
const findChromium = () =>
  [process.env.SWITCHBOARD_CHROMIUM ?? '', ...places].find((path) => path && isRunnable(path))

/**
 * The browser for the browser tests: the one on the machine, else Debian's when we may install it.
 * @returns {Promise<string>} path of the executable
 */
export async function ensureChromium() {
  const found = findChromium()
  if (found) return found
  const remedy =
    'Install it (Debian, Ubuntu: sudo apt-get install chromium), or name one in SWITCHBOARD_CHROMIUM, and run the same command again.'
  if (process.getuid?.() !== 0 || !isRunnable('/usr/bin/apt-get'))
    giveUp('Chromium is needed to test and measure in a browser, and there is none here.', remedy)
  const code = await longStep('Installing Chromium from Debian', async (progress) => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update'], { env, quiet: true })
    return run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env, progress })
  })
  if (code !== 0) giveUp('Chromium could not be installed.', remedy)
  return findChromium() ?? giveUp('Chromium was installed but is in none of the known places.', remedy)
}
