/** Everything the launcher tells a person goes through here: standard error, so that data on standard output stays clean. */

const coloured = process.stderr.isTTY && !process.env.NO_COLOR
/** @param {string} code @param {string} text */
const paint = (code, text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text)

/** @param {string} text */
export const bold = (text) => paint('1', text)
/** @param {string} text */
export const dim = (text) => paint('2', text)

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
  const mark = isGood(result) ? paint('32', '✓') : paint('31', '✗')
  say(`${mark} ${what} ${dim(`${((performance.now() - began) / 1000).toFixed(1)} s`)}`)
  return result
}
