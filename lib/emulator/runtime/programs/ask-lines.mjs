import { connect } from 'node:net'
import { findHost } from './search-domain.mjs'

const timeoutMs = 2000
const maxBytes = 65_536

/**
 * Connects, says `text`, and gives back the first `count` lines of the answer. One connection per question, as the
 * original application makes them. Throws when nobody answers in time or too little is said.
 * @param {string} host @param {number} port @param {string} text @param {number} count @returns {Promise<string[]>}
 */
export async function askLines(host, port, text, count) {
  const name = await findHost(host)
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect({ host: name, port })
    const finish = (/** @type {string[] | Error} */ outcome) => {
      socket.destroy()
      if (outcome instanceof Error) reject(outcome)
      else resolve(outcome)
    }
    socket.setTimeout(timeoutMs, () => finish(new Error(`no answer within ${timeoutMs} ms`)))
    socket.on('connect', () => socket.write(text))
    socket.on('error', finish)
    socket.on('data', (chunk) => {
      heard += chunk.toString('utf8')
      const lines = heard.split(/\r?\n/)
      // The last piece may still grow.
      if (lines.length > count) finish(lines.slice(0, count))
      else if (heard.length > maxBytes) finish(new Error(`more than ${maxBytes} bytes without an end`))
    })
    socket.on('close', () => finish(new Error('the connection ended before the answer')))
  })
}
