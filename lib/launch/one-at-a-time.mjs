import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const lookEveryMs = 500
/** Who holds a lock says so every second. A process number is given out again one day, so being alive is not enough. */
const aliveEveryMs = 1_000
const silentForMs = 20_000

/** @param {unknown} error @param {string} code */
const isCode = (error, code) => error instanceof Error && 'code' in error && error.code === code

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return isCode(error, 'EPERM')
  }
}

/** @param {string} file @returns {boolean} */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/**
 * Who holds the lock.
 * @param {string} file
 * @returns {number | undefined} undefined: nobody any more
 */
function holderOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    const isSilent = Date.now() - statSync(file).mtimeMs > silentForMs
    // Between being made and being written it is empty for a moment.
    if (isSilent || (pid > 0 && !isAlive(pid))) return undefined
    return pid
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** @param {string} file */
function sayAlive(file) {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch (error) {
    // Somebody emptied the folder; the work goes on.
    if (!isCode(error, 'ENOENT')) throw error
  }
}

/**
 * Does work while no other process does work under the same lock. A lock whose holder is gone counts for nothing.
 * @template T
 * @param {string} file the lock; its folder is made
 * @param {() => Promise<T>} work
 * @param {(pid: number) => void} onWait told once, when somebody else is at it
 * @returns {Promise<T>}
 */
export async function oneAtATime(file, work, onWait) {
  mkdirSync(dirname(file), { recursive: true })
  let told = false
  while (!take(file)) {
    const holder = holderOf(file)
    if (holder === undefined) {
      rmSync(file, { force: true })
      continue
    }
    if (!told && holder > 0) {
      told = true
      onWait(holder)
    }
    await pause(lookEveryMs)
  }
  const timer = setInterval(() => sayAlive(file), aliveEveryMs)
  timer.unref()
  try {
    return await work()
  } finally {
    clearInterval(timer)
    rmSync(file, { force: true })
  }
}
