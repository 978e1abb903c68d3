import { mkdirSync, writeFileSync } from 'node:fs'
import { oneAtATime } from './one-at-a-time.mjs'
import { longStep } from './progress.mjs'
import { hashOf, readIfThere, root } from './repository.mjs'
import { run } from './run.mjs'
import { dim, giveUp, say } from './say.mjs'

const minimum = { major: 20, minor: 9 }
const mark = 'node_modules/.switchboard-lock'

/** Refuses a Node that is too old, in words, before anything else can fail on it. */
function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > minimum.major || (major === minimum.major && minor >= minimum.minor)) return
  giveUp(
    `Node ${process.versions.node} is too old; Switchboard needs ${minimum.major}.${minimum.minor} or newer.`,
    'Install a current Node (https://nodejs.org) and run the same command again.',
  )
}

/** Installs the locked packages when they are missing or the lockfile changed; otherwise does nothing. */
export async function ensureInstalled() {
  checkNode()
  // Known: from 2027 new SDK versions want Node 22. Ours are pinned, and three warnings at every start help nobody.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const isInstalled = () => readIfThere(mark) === hashOf(['package-lock.json'])
  if (isInstalled()) return
  await oneAtATime(
    `${root}/dist/locks/packages`,
    async () => {
      if (!isInstalled()) await install()
    },
    (pid) => say(`${dim('·')} Packages are installed by process ${pid} already; waiting for it …`),
  )
}

async function install() {
  const wanted = hashOf(['package-lock.json'])
  // `npm install`, not `npm ci`: the lockfile may lack binaries for platforms that the registry it was made with did not carry, which `ci`
  // refuses and `install` fetches. `--no-save` leaves the lockfile as it is. Some development tools ask for a later Node 20 than
  // the product does, which must not stop `npm start`.
  const npm = process.env.npm_execpath
  const args = [
    'install',
    '--no-save',
    '--include=dev',
    '--ignore-scripts',
    '--engine-strict=false',
    '--loglevel=error',
  ]
  const code = await longStep('Installing packages (once)', (progress) =>
    npm ? run(process.execPath, [npm, ...args], { progress }) : run('npm', args, { progress }),
  )
  if (code !== 0)
    giveUp('npm could not install the packages.', 'Its message stands above; mend that and try again.')
  mkdirSync(`${root}/node_modules`, { recursive: true })
  writeFileSync(`${root}/${mark}`, wanted)
}
