// `npm start`: everything from a fresh clone. Installs and builds what is missing, starts the local cloud with the example stack and the
// console, or with another target the console alone, and ends all of it when it ends.
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { buildConsole, buildEmulator } from './build.mjs'
import { startChild } from './children.mjs'
import { insistOnPorts } from './insist-on-ports.mjs'
import { ensureInstalled } from './install.mjs'
import { isFresh } from './local-cloud.mjs'
import { parseStartOptions, usage } from './options.mjs'
import { watchParent } from './parent.mjs'
import { describeTarget, readRegion, regionMissing } from './region.mjs'
import { bold, dim, giveUp, say, warning } from './say.mjs'

const args = process.argv.slice(2)

function readOptions() {
  try {
    return parseStartOptions(args)
  } catch (error) {
    return giveUp(
      error instanceof Error ? error.message : String(error),
      'npm start -- --help lists the options.',
      2,
    )
  }
}

const options = readOptions()
if (options.help) {
  process.stdout.write(usage)
  process.exit(0)
}

const local = options.target === 'local'
await insistOnPorts(args, [
  { port: options.port, what: 'the console', flag: '--port' },
  ...(local ? [{ port: options.emulatorPort, what: 'the local cloud', flag: '--emulator-port' }] : []),
])
await ensureInstalled()
if (local) await buildEmulator()
await buildConsole()

/** @type {import('./children.mjs').Child[]} */
const children = []
let ending = false

/** @param {number} exitCode */
async function end(exitCode) {
  if (ending) return
  ending = true
  await Promise.all(children.map((child) => child.stop()))
  process.exit(exitCode)
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    if (signal === 'SIGINT') say(dim('\nending the console, the local cloud and its tasks …'))
    void end(0)
  })
watchParent(() => void end(0))

/** @param {string} file @param {string[]} args @param {Parameters<typeof startChild>[2]} settings @param {string} what */
function hold(file, args, settings, what) {
  const child = startChild(file, args, settings)
  children.push(child)
  child.ended.then((code) => {
    if (ending) return
    say(`${what} has ended (exit code ${code}); ending the rest.`)
    void end(code === 0 ? 1 : code)
  })
  return child
}

const cloudUrl = `http://127.0.0.1:${options.emulatorPort}`
/** One folder for both: the local cloud keeps `cloud-PORT` in it, the console its plans and activity in `console`. */
const stateFolder = options.stateDir === undefined ? {} : { SWITCHBOARD_STATE_DIR: resolve(options.stateDir) }
const token = randomBytes(24).toString('base64url')
const cloud = local
  ? hold(
      'dist/emulator/main.mjs',
      [
        '--port',
        String(options.emulatorPort),
        '--runtime',
        options.runtime,
        '--exit-with-parent',
        ...(options.strict ? ['--strict'] : []),
        ...(options.ephemeral ? ['--ephemeral'] : []),
      ],
      {
        env: stateFolder,
        readyPrefix: 'local cloud ready',
        onLine: (line) => say(dim(`  cloud  ${line}`)),
        onErrorLine: (line) => say(`  ${dim('cloud')}  ${warning(line)}`),
      },
      'The local cloud',
    )
  : undefined
const consoleServer = hold(
  'lib/launch/console.mjs',
  ['--port', String(options.port), '--exit-with-parent'],
  {
    readyPrefix: 'console ready',
    onErrorLine: (line) => say(`  ${dim('console')}  ${line}`),
    env: {
      ...stateFolder,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      SWITCHBOARD_TARGET: options.target,
      SWITCHBOARD_ENDPOINT_URL: local ? cloudUrl : options.endpointUrl,
      SWITCHBOARD_PROFILE: options.profile,
      SWITCHBOARD_REGION: options.region,
      ...(options.shell ? { SWITCHBOARD_SHELL: '1' } : {}),
      SWITCHBOARD_READ_ONLY: options.readOnly ? '1' : undefined,
      SWITCHBOARD_POLL_MS: options.pollSeconds ? String(Number(options.pollSeconds) * 1000) : undefined,
      SWITCHBOARD_ACCESS: options.requireToken ? 'token' : 'open',
      SWITCHBOARD_TOKEN: token,
      SWITCHBOARD_PORT: String(options.port),
    },
  },
  'The console',
)

try {
  const region = options.target === 'aws' ? await readRegion(options, process.env) : options.region
  await Promise.all([cloud?.ready, consoleServer.ready])
  const where = `http://localhost:${options.port}${options.requireToken ? `/?token=${token}` : ''}`
  say('')
  say(`  ${bold('Switchboard')}   ${where}   ${dim('the console: the map, and Call')}`)
  if (local)
    say(
      `  ${bold('Local cloud')}   ${cloudUrl}   ${dim('ECS and Cloud Map: aws ecs list-services --endpoint-url …')}`,
    )
  else say(`  ${bold('Looking at')}    ${describeTarget(options, region)}`)
  if (options.target === 'aws' && region === undefined) say(`\n  ${warning(regionMissing(args))}`)
  if (options.readOnly) say(`  ${dim('read only: nothing will be changed')}`)
  say(`\n  ${dim('Ctrl-C ends everything.')}\n`)
  if (local && !options.empty && (await isFresh(cloudUrl))) {
    const { ensureExampleStack } = await import('./example-stack.mjs')
    await ensureExampleStack({
      endpoint: cloudUrl,
      region: options.region ?? 'us-east-1',
      say: (text) => say(dim(`  example  ${text}`)),
    })
  }
} catch (error) {
  if (!ending) {
    say(error instanceof Error ? error.message : String(error))
    await end(1)
  }
}
