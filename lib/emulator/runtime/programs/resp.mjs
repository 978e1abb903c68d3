/** Redis's protocol, as far as a stand-in needs it (Redis documentation, "RESP protocol spec"). */

/** @param {string} text */
export const bulk = (text) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`
export const nil = '$-1\r\n'

/** @param {string} text */
export const failure = (text) => `-ERR ${text.replace(/[\r\n]/g, ' ').slice(0, 200)}\r\n`

/**
 * The first whole command of what came in: its words and its length in bytes. Undefined while it is not whole. Takes
 * arrays of bulk strings, as clients send them, and bare lines, as people do. Throws for anything else.
 * @param {Buffer} pending @returns {{ words: string[], length: number } | undefined}
 */
export function readCommand(pending) {
  const line = readLine(pending, 0)
  if (!line) return undefined
  if (!line.text.startsWith('*')) {
    return { words: line.text.split(/\s+/).filter(Boolean), length: line.next }
  }
  const count = readCount(line.text, 1024)
  const words = []
  let at = line.next
  for (let index = 0; index < count; index++) {
    const head = readLine(pending, at)
    if (!head) return undefined
    if (!head.text.startsWith('$')) throw new Error("Protocol error: expected '$'")
    const length = readCount(head.text, 65_536)
    if (pending.length < head.next + length + 2) return undefined
    words.push(pending.toString('utf8', head.next, head.next + length))
    at = head.next + length + 2
  }
  return { words, length: at }
}

/** @param {Buffer} pending @param {number} from */
function readLine(pending, from) {
  const end = pending.indexOf('\n', from)
  if (end < 0) return undefined
  return { text: pending.toString('utf8', from, end).replace(/\r$/, ''), next: end + 1 }
}

/** @param {string} text @param {number} most */
function readCount(text, most) {
  const count = Number(text.slice(1))
  if (!Number.isInteger(count) || count < 0 || count > most) throw new Error('Protocol error: invalid length')
  return count
}
