import { stripVTControlCharacters } from 'node:util'
import { dim, isTerminal, say, stepMark } from './say.mjs'

/** A terminal shows every second that something goes on; a log is not filled with it. */
const drawEveryMs = 1_000
const lineEveryMs = 10_000

/**
 * @typedef {object} Progress
 * @property {(output: string) => void} note what the tool printed; its last line that says something is shown
 * @property {() => void} end nothing of it is drawn any more, so that others may write
 */

/**
 * The last line in words of what a tool printed: `Collecting page data`. Marks, colours and tables are left out.
 * @param {string} output @param {string} [before] stands when nothing new was said
 */
export function lastWords(output, before = '') {
  const lines = stripVTControlCharacters(output)
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^[^\p{L}\p{N}┌├└│ƒ○●]+/u, '').replace(/[\s.…]+$/u, ''))
  // Next's table of routes and its legend begin with signs of their own.
  return lines.findLast((line) => /^[A-Za-z].*\p{L}/u.test(line)) ?? before
}

/**
 * One line of progress that fits the terminal.
 * @param {string} what @param {number} elapsedMs @param {string} words @param {number} width
 */
export function progressLine(what, elapsedMs, words, width) {
  const line = `${what} … ${Math.floor(elapsedMs / 1_000)} s${words === '' ? '' : `, ${words}`}`
  return line.length > width ? `${line.slice(0, Math.max(0, width - 1))}…` : line
}

/**
 * Keeps the output of long work back and shows in one line that it goes on: drawn anew in a terminal, a line now and then in a log.
 * @param {string} what
 * @param {(progress: Progress) => Promise<number>} work gives back an exit code
 * @returns {Promise<number>} that exit code
 */
export async function longStep(what, work) {
  const began = performance.now()
  let words = ''
  const draw = () => {
    const width = (process.stderr.columns || 80) - 3
    const line = progressLine(
      what,
      performance.now() - began,
      words,
      isTerminal ? width : Number.MAX_SAFE_INTEGER,
    )
    if (isTerminal) process.stderr.write(`\r\u001b[2K${dim('·')} ${line}`)
    else say(`  ${line}`)
  }
  if (isTerminal) draw()
  else say(`${dim('·')} ${what} …`)
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer = setInterval(draw, isTerminal ? drawEveryMs : lineEveryMs)
  const progress = {
    note(/** @type {string} */ output) {
      words = lastWords(output, words)
    },
    end() {
      if (timer === undefined) return
      clearInterval(timer)
      timer = undefined
      if (isTerminal) process.stderr.write('\r\u001b[2K')
    },
  }
  try {
    const code = await work(progress)
    progress.end()
    say(stepMark(what, performance.now() - began, code === 0))
    return code
  } finally {
    progress.end()
  }
}
