import { spawn } from 'node:child_process'
import { root } from './repository.mjs'

/**
 * @typedef {object} RunOptions
 * @property {Record<string, string | undefined>} [env]
 * @property {boolean} [quiet] keeps the output back unless it fails
 * @property {import('./progress.mjs').Progress} [progress] the same, and is told the output as it comes
 */

/**
 * Runs a command in the repository with its output on ours, and waits for it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} the exit code; 128 + n after signal n is reported as 1
 */
export function run(command, args, options = {}) {
  const { progress } = options
  const quiet = options.quiet === true || progress !== undefined
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2],
    })
    /** @type {Buffer[]} */
    const kept = []
    const keep = (/** @type {Buffer} */ chunk) => {
      kept.push(chunk)
      progress?.note(String(chunk))
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => {
      progress?.end()
      if (code !== 0 && quiet) process.stderr.write(Buffer.concat(kept))
      resolve(code ?? 1)
    })
  })
}

/**
 * Runs one of the tools in node_modules with this very Node.
 * @param {string} file relative to node_modules, for example `next/dist/bin/next`
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export const runTool = (file, args, options) =>
  run(process.execPath, [`${root}/node_modules/${file}`, ...args], options)
