import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { oneAtATime } from './one-at-a-time.mjs'
import { longStep } from './progress.mjs'
import { hashOf, readIfThere, root } from './repository.mjs'
import { runTool } from './run.mjs'
import { dim, giveUp, say, step } from './say.mjs'

const emulatorSources = ['lib/emulator', 'lib/launch/build.mjs', 'package-lock.json']
/** What the console is built from: a change of any of these makes it anew. */
export const consoleSources = [
  'app',
  'components',
  'lib/access',
  'lib/activity',
  'lib/changes',
  'lib/exec',
  'lib/feed',
  'lib/inventory',
  'lib/plan',
  'lib/probe',
  'lib/target',
  'lib/topology',
  'lib/world',
  'public',
  'proxy.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]

/**
 * Builds one part when its sources changed since the last good build; when somebody builds it already, that one is waited for.
 * @param {string} what @param {string} folder @param {readonly string[]} sources @param {() => Promise<void>} work
 */
async function buildIfChanged(what, folder, sources, work) {
  const mark = `${folder}/.built`
  const isBuilt = () => readIfThere(mark) === hashOf(sources)
  if (isBuilt()) return
  await oneAtATime(
    `${root}/dist/locks/${folder.replaceAll('/', '-')}`,
    async () => {
      const wanted = hashOf(sources)
      if (readIfThere(mark) === wanted) return
      await work()
      writeFileSync(`${root}/${mark}`, wanted)
    },
    (pid) => say(`${dim('·')} ${what} is built by process ${pid} already; waiting for it …`),
  )
}

/** The local cloud as one file, so that it starts in a fraction of a second. */
export async function buildEmulator() {
  await buildIfChanged('The local cloud', 'dist/emulator', emulatorSources, () =>
    step('Building the local cloud', () => bundleEmulator(`${root}/dist/emulator`)),
  )
}

/**
 * Makes the bundle in a folder of its own, which has to lie inside the repository: what is native is found in its node_modules.
 * @param {string} folder
 */
export async function bundleEmulator(folder) {
  const { build, stop } = await import('esbuild')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  try {
    await build({
      absWorkingDir: root,
      // The data plane of Service Connect is a process of its own, which `make-data-plane` finds beside the local cloud.
      entryPoints: {
        main: 'lib/emulator/main.ts',
        'data-plane': 'lib/emulator/service-connect/plane/main.ts',
      },
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      // The SDK ships one CommonJS bundle and one tree of modules: only the latter can be cut down to its schemas.
      mainFields: ['module', 'main'],
      // The database is native code; it is loaded when state is kept.
      external: ['@libsql/client'],
      minifySyntax: true,
      sourcemap: 'linked',
      logLevel: 'warning',
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
    })
  } finally {
    // Its service is a process that would stay as long as this one.
    await stop()
  }
  // What tasks run is started as files of its own, so it stands beside the bundle.
  cpSync(`${root}/lib/emulator/runtime/programs`, `${folder}/programs`, { recursive: true })
}

/** The console, by `next build`. */
export async function buildConsole() {
  const folder = process.env.SWITCHBOARD_DIST_DIR ?? '.next'
  await buildIfChanged('The console', folder, consoleSources, async () => {
    const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
    const code = await longStep('Building the console', (progress) =>
      runTool('next/dist/bin/next', ['build'], { env, progress }),
    )
    if (code !== 0) giveUp('The console could not be built.', 'The reason stands above.')
  })
}
