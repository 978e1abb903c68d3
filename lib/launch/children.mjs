import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { root } from './repository.mjs'

/**
 * @typedef {object} Child
 * @property {Promise<string>} ready the rest of the line that said so
 * @property {Promise<number>} ended the exit code
 * @property {() => Promise<void>} stop SIGTERM, SIGKILL after 6 s; waits until it is gone
 */

/**
 * Starts a server of ours as a direct child in a process group of its own. Its standard input is a pipe that we hold: when we are gone,
 * however we went, the pipe closes and the child ends itself.
 * @param {string} file relative to the repository
 * @param {readonly string[]} args
 * @param {{ readyPrefix: string, env?: Record<string, string | undefined>, onLine?: (line: string) => void, onErrorLine?: (line: string) => void }} options
 *   `onErrorLine`: what it writes to standard error, which is ours without it
 * @returns {Child}
 */
export function startChild(file, args, { readyPrefix, env, onLine, onErrorLine }) {
  const child = spawn(process.execPath, [`${root}/${file}`, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: /** @type {['pipe', 'pipe', 'pipe']} */ (['pipe', 'pipe', onErrorLine ? 'pipe' : 'inherit']),
    detached: true,
  })
  if (onErrorLine) createInterface({ input: child.stderr }).on('line', onErrorLine)
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('close', (code) => resolve(code ?? 1))
  })
  /** @type {Promise<string>} */
  const ready = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith(readyPrefix)) resolve(line.slice(readyPrefix.length).trim())
      else onLine?.(line)
    })
    ended.then((code) => reject(new Error(`${file} ended before it was ready (exit code ${code})`)))
  })
  // Whoever waits for `ready` hears of the failure there; nobody has to wait.
  ready.catch(() => undefined)
  child.stdin.on('error', () => undefined)

  return {
    ready,
    ended,
    async stop() {
      child.stdin.end()
      child.kill('SIGTERM')
      const killer = setTimeout(() => child.kill('SIGKILL'), 6_000)
      await ended
      clearTimeout(killer)
    },
  }
}
