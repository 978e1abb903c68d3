import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's own folder; every command works from wherever it is called. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')

/** @param {string} path */
const exists = (path) => {
  try {
    return statSync(join(root, path))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** @param {string} path @returns {string[]} */
function filesBelow(path) {
  const found = exists(path)
  if (!found) return []
  if (found.isFile()) return [path]
  return readdirSync(join(root, path), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesBelow(`${path}/${entry.name}`))
}

/**
 * One hash over the contents of these files and folders, so that a build is made again exactly when it would differ.
 * @param {readonly string[]} paths relative to the repository
 */
export function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

/** @param {string} path @returns {string | undefined} */
export function readIfThere(path) {
  return exists(path) ? readFileSync(join(root, path), 'utf8') : undefined
}
