import { readFileSync } from 'node:fs'

/** @param {string} path */
function readProc(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Not Linux, or the process is gone already: nothing to compare either way.
    return ''
  }
}

/** @param {number} pid @returns {number} the parent's pid; NaN when unknown */
function parentOf(pid) {
  const stat = readProc(`/proc/${pid}/stat`)
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

/**
 * The processes between us and npm, npm included. npm starts a script through a shell; most shells stay in between, some replace themselves.
 * @returns {() => string} the chain as it is now, to compare with the one at the start
 */
function chainToNpm() {
  const shell = /(^|\/)(sh|bash|dash|zsh|ash)$/.test(
    readProc(`/proc/${process.ppid}/cmdline`).split('\0')[0] ?? '',
  )
  const parent = process.ppid
  return () => (shell ? `${process.ppid} ${parentOf(parent)}` : `${process.ppid}`)
}

/**
 * Killing npm leaves what it started alive, so we look once a second whether it is still there. Only when npm started us: whoever runs
 * the script directly and puts it into the background keeps it running.
 * @param {() => void} onGone
 */
export function watchParent(onGone) {
  if (!process.env.npm_lifecycle_event) return
  const chain = chainToNpm()
  const atStart = chain()
  const timer = setInterval(() => {
    if (chain() === atStart) return
    clearInterval(timer)
    onGone()
  }, 1_000)
  timer.unref()
}
