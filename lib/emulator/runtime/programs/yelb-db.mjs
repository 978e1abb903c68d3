// Stands in for yelb-db: keeps the votes of the four restaurants in memory. It listens where PostgreSQL would and speaks
// lines of its own (`hello`, `all`, `read NAME`, `add NAME`), not PostgreSQL's protocol.
import { readPort } from './identity.mjs'
import { serveTcp } from './serve-tcp.mjs'

const about = 'stand-in for yelb-db'
const votes = new Map(['outback', 'bucadibeppo', 'ihop', 'chipotle'].map((name) => [name, 0]))

/** @param {string} line */
function answer(line) {
  const [command = '', name = ''] = line.trim().split(/\s+/)
  if (command === 'hello') return about
  if (command === 'all') return JSON.stringify(Object.fromEntries(votes))
  if (command !== 'read' && command !== 'add') return 'error: say hello, all, read NAME or add NAME'
  const count = votes.get(name)
  if (count === undefined)
    return `error: no restaurant of that name; there are ${[...votes.keys()].join(', ')}`
  if (command === 'read') return String(count)
  votes.set(name, count + 1)
  return String(count + 1)
}

/**
 * PostgreSQL's ErrorResponse (PostgreSQL documentation, "Message Formats"), for a real client that tries.
 * @param {string} message
 */
function postgresError(message) {
  const fields = Buffer.from(`SFATAL\0C0A000\0M${message}\0\0`)
  const head = Buffer.from('E\0\0\0\0')
  head.writeUInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

serveTcp(about, readPort(5432), (pending) => {
  // PostgreSQL's first message begins with its length; a line never begins with a NUL.
  if (pending[0] === 0) {
    const say = postgresError(`This is the ${about} of a local cloud. It does not speak PostgreSQL.`)
    return { taken: pending.length, say, end: true }
  }
  const end = pending.lastIndexOf('\n')
  if (end < 0) return { taken: 0, say: '' }
  const lines = pending.toString('utf8', 0, end).split('\n')
  return { taken: end + 1, say: lines.map((line) => `${answer(line)}\n`).join('') }
})
