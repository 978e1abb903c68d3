import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'

/**
 * Whether somebody could listen there now.
 * @param {number} port @param {string} [host]
 * @returns {Promise<boolean>}
 */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => {
      if ('code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) resolve(false)
      else reject(error)
    })
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

/**
 * The next free port after a taken one, to offer instead.
 * @param {number} port @param {readonly number[]} [others] wanted for something else
 * @returns {Promise<number | undefined>} undefined: none near it
 */
export async function nextFree(port, others = []) {
  for (let candidate = port + 1; candidate < Math.min(port + 200, 65_536); candidate++)
    if (!others.includes(candidate) && (await isFree(candidate))) return candidate
  return undefined
}

/** @param {() => string} read */
const orNothing = (read) => {
  try {
    return read()
  } catch {
    // Processes come and go, and those of other users cannot be read: both mean "unknown", not a failure.
    return ''
  }
}

/**
 * Which process listens on a port: `node (pid 4711)`. Linux only (/proc); elsewhere, or for another user's process, undefined.
 * @param {number} port
 */
export function ownerOf(port) {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => orNothing(() => readFileSync(file, 'utf8')).split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A')
    .map((fields) => `socket:[${fields[9]}]`)
  if (inodes.length === 0) return undefined
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const open = orNothing(
      () =>
        readdirSync(`/proc/${pid}/fd`)
          .map((fd) => orNothing(() => readlinkSync(`/proc/${pid}/fd/${fd}`)))
          .find((link) => inodes.includes(link)) ?? '',
    )
    if (open)
      return `${orNothing(() => readFileSync(`/proc/${pid}/comm`, 'utf8')).trim() || 'a process'} (pid ${pid})`
  }
  return undefined
}
