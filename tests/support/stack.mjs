// The built product as `npm start` runs it, on free ports: for browser tests and measurements.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from '../../lib/launch/children.mjs'
import { ensureExampleStack } from '../../lib/launch/example-stack.mjs'

/** @returns {Promise<number>} a port nobody listens on */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * @typedef {object} Cloud
 * @property {string} url
 * @property {string} dns `host:port`
 * @property {() => Promise<void>} stop
 */

/**
 * The local cloud's own process.
 * @param {readonly string[]} [flags]
 * @returns {Promise<Cloud>}
 */
export async function startCloud(flags = []) {
  const child = startChild('dist/emulator/main.mjs', ['--port', '0', '--exit-with-parent', ...flags], {
    readyPrefix: 'local cloud ready',
  })
  const [url = '', dns = ''] = (await child.ready).split(' dns ')
  return { url, dns, stop: child.stop }
}

/**
 * The console's own process, looking at `endpoint` as its local cloud unless `env` says otherwise.
 * @param {string} endpoint
 * @param {Record<string, string | undefined>} [env]
 * @returns {Promise<{ url: string, port: number, stop: () => Promise<void> }>}
 */
export async function startConsole(endpoint, env = {}) {
  const port = await freePort()
  // Runs and audit of a test are its own, unless it says where they are.
  const stateDir = mkdtempSync(join(tmpdir(), 'switchboard-console-'))
  const child = startChild('lib/launch/console.mjs', ['--port', String(port), '--exit-with-parent'], {
    readyPrefix: 'console ready',
    env: {
      NODE_ENV: 'production',
      SWITCHBOARD_TARGET: 'local',
      SWITCHBOARD_ENDPOINT_URL: endpoint,
      SWITCHBOARD_ACCESS: 'open',
      SWITCHBOARD_TOKEN: 'test-token',
      SWITCHBOARD_PORT: String(port),
      SWITCHBOARD_STATE_DIR: stateDir,
      ...env,
    },
  })
  const stop = async () => {
    await child.stop()
    rmSync(stateDir, { recursive: true, force: true })
  }
  try {
    await child.ready
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `http://localhost:${port}`, port, stop }
}

/** @param {string} endpoint */
export const addExampleStack = (endpoint) =>
  ensureExampleStack({ endpoint, region: 'us-east-1', say: () => undefined })
