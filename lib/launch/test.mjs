// `npm test`: everything that must hold, from a fresh clone. Installs and builds what is missing, then types, lint, import directions,
// unit, SDK, console and browser tests; ends with one line of real counts. `npm test -- unit` (or types, lint, sdk, console, browser) runs a part.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildConsole, buildEmulator } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { chooseParts } from './parts.mjs'
import { runTool } from './run.mjs'
import { giveUp, say, step } from './say.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const usage = `npm test                      everything that must hold, some minutes
npm test -- [parts]

Parts:
  types     TypeScript
  lint      Biome, ESLint, import directions
  unit      pure functions and components' logic
  sdk       the AWS SDK, DNS and HTTP against the local cloud
  console   the built console
  browser   journeys in Chromium

Installs and builds what is missing first. One file alone: npx vitest run --project unit tests/lib/launch/parts.test.ts
`

/** @type {Counts} */
const total = { passed: 0, failed: 0, skipped: 0 }
/** @type {string[]} */
const failures = []

/** @param {string} what @param {() => Promise<number>} work */
async function check(what, work) {
  const code = await step(what, work, (exitCode) => exitCode === 0)
  if (code !== 0) failures.push(what)
}

/** @param {Counts} counts */
function add(counts) {
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
}

/** @param {string} project */
async function vitest(project) {
  const file = join(reports, `${project}.json`)
  const args = ['run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const code = await runTool('vitest/vitest.mjs', args)
  const report = JSON.parse(readFileSync(file, 'utf8'))
  add({ passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests })
  return code
}

async function playwright() {
  const file = join(reports, 'browser.json')
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file, SWITCHBOARD_CHROMIUM: await ensureChromium() }
  const code = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], { env })
  const { stats } = JSON.parse(readFileSync(file, 'utf8'))
  add({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped })
  return code
}

/** @type {(name: string, tool: string, args: readonly string[]) => [string, () => Promise<number>]} */
const reading = (name, tool, args) => [name, () => runTool(tool, args, { quiet: true })]

/**
 * The parts in the order they run. Checks of one row only read, use a core each at most, and run side by side.
 * @type {Record<string, [string, () => Promise<number>][]>[]}
 */
const rows = [
  {
    types: [
      [
        'Types',
        async () =>
          (await runTool('next/dist/bin/next', ['typegen'], { quiet: true })) ||
          runTool('typescript/bin/tsc', ['--noEmit'], { quiet: true }),
      ],
    ],
    lint: [
      reading('Lint and format', '@biomejs/biome/bin/biome', ['check', '.']),
      reading('React, hooks and accessibility rules', 'eslint/bin/eslint.js', ['.', '--max-warnings=0']),
      reading('Import directions', 'dependency-cruiser/bin/dependency-cruise.mjs', [
        'app',
        'components',
        'lib',
        'proxy.ts',
        '--config',
        '.dependency-cruiser.cjs',
      ]),
    ],
  },
  { unit: [['Unit tests', () => vitest('unit')]] },
  {
    sdk: [['SDK tests against the local cloud', () => vitest('sdk')]],
    console: [['Tests of the built console', () => vitest('console')]],
  },
  { browser: [['Browser tests', playwright]] },
]

const parts = rows.flatMap((row) => Object.keys(row))
const choice = chooseParts(process.argv.slice(2), parts)
if (choice.kind === 'help') {
  process.stdout.write(usage)
  process.exit(0)
}
if (choice.kind === 'unknown') giveUp(`There is no part "${choice.name}".`, `Parts: ${parts.join(', ')}.`, 2)
const has = (/** @type {string} */ name) => choice.wanted.includes(name)

await ensureInstalled()
const reports = mkdtempSync(join(tmpdir(), 'switchboard-test-'))
if (has('browser')) await ensureChromium()
await buildEmulator()
if (has('console') || has('browser')) await buildConsole()
for (const row of rows)
  await Promise.all(
    Object.entries(row)
      .filter(([name]) => has(name))
      .flatMap(([, checks]) => checks.map(([what, work]) => check(what, work))),
  )

rmSync(reports, { recursive: true, force: true })
if (failures.length > 0) say(`\nfailed: ${failures.join(', ')}`)
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exit(failures.length > 0 ? 1 : 0)
