// `npm run bench`: measurements, never part of the tests. `npm run bench -- cloud` (or map, poll, render, writes) measures a part.
import { buildConsole, buildEmulator } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { runTool } from './run.mjs'

await ensureInstalled()
const chromium = await ensureChromium()
await buildEmulator()
await buildConsole()
process.exitCode = await runTool('../tests/bench/main.mjs', process.argv.slice(2), {
  env: { SWITCHBOARD_CHROMIUM: chromium },
})
