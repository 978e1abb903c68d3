// `npm run bench`: measurements, never part of the tests. `npm run bench -- cloud` (or another part) measures a part; `-- --help` lists them.
import { benchParts, benchUsage } from './bench-parts.mjs'
import { buildConsole, buildEmulator } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { chooseParts } from './parts.mjs'
import { runTool } from './run.mjs'
import { giveUp } from './say.mjs'

const names = Object.keys(benchParts)
const choice = chooseParts(process.argv.slice(2), names)
if (choice.kind === 'help') {
  process.stdout.write(benchUsage)
  process.exit(0)
}
if (choice.kind === 'unknown') giveUp(`There is no part "${choice.name}".`, `Parts: ${names.join(', ')}.`, 2)

await ensureInstalled()
const chromium = await ensureChromium()
await buildEmulator()
await buildConsole()
process.exitCode = await runTool('../tests/bench/main.mjs', choice.wanted, {
  env: { SWITCHBOARD_CHROMIUM: chromium },
})
