/** Everything the launcher tells a person goes through here: standard error, so that data on standard output stays clean. */

/** Whether a person looks at a screen that can be drawn on, not at a log. */
export const isTerminal = process.stderr.isTTY === true && process.env.TERM !== 'dumb'
const coloured = process.stderr.isTTY && !process.env.NO_COLOR
/** @param {string} code @param {string} text */
const paint = (code, text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text)

/** @param {string} text */
export const bold = (text) => paint('1', text)
/** @param {string} text */
export const dim = (text) => paint('2', text)
/** @param {string} text */
export const warning = (text) => paint('33', text)

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/**
 * Something a person must mend before we can go on.
 * @param {string} what @param {string} remedy @param {number} [exitCode]
 * @returns {never}
 */
export function giveUp(what, remedy, exitCode = 1) {
  say(`${paint('31', 'switchboard:')} ${what}\n  ${remedy}`)
  process.exit(exitCode)
}

/** @param {string} what @param {number} elapsedMs @param {boolean} isGood */
export const stepMark = (what, elapsedMs, isGood) =>
  `${isGood ? paint('32', '✓') : paint('31', '✗')} ${what} ${dim(`${(elapsedMs / 1000).toFixed(1)} s`)}`

/**
 * Says what is going on while it goes on, and how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @param {(result: T) => boolean} [isGood]
 */
export async function step(what, work, isGood = () => true) {
  const began = performance.now()
  say(`${dim('·')} ${what} …`)
  const result = await work()
  say(stepMark(what, performance.now() - began, isGood(result)))
  return result
}
