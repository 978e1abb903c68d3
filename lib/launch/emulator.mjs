// `npm run emulator`: the local cloud alone. Its own options follow `--`; `-- --help` lists them.
import { spawn } from 'node:child_process'
import { buildEmulator } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { isFresh } from './local-cloud.mjs'
import { watchParent } from './parent.mjs'
import { root } from './repository.mjs'
import { dim, say } from './say.mjs'

await ensureInstalled()
await buildEmulator()

const args = process.argv.slice(2)
const empty = args.includes('--empty')
const child = spawn(process.execPath, [`${root}/dist/emulator/main.mjs`, ...args, '--exit-with-parent'], {
  stdio: /** @type {['pipe', 'pipe', 'inherit']} */ (['pipe', 'pipe', 'inherit']),
})
child.stdin.on('error', () => undefined)
child.stdout.pipe(process.stdout)
child.stdout.on('data', async (chunk) => {
  const endpoint = /local cloud ready (http:\S+)/.exec(String(chunk))?.[1]
  if (!endpoint || empty || !(await isFresh(endpoint))) return
  const { ensureExampleStack } = await import('./example-stack.mjs')
  await ensureExampleStack({ endpoint, region: 'us-east-1', say: (text) => say(dim(`  example  ${text}`)) })
})

const stop = () => child.kill('SIGTERM')
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop)
watchParent(stop)
child.on('close', (code) => process.exit(code ?? 1))
