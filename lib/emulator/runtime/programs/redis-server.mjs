// Stands in for the image redis: counts and remembers in memory, speaks enough of Redis for Yelb and for redis-cli.
import { readPort } from './identity.mjs'
import { bulk, failure, nil, readCommand } from './resp.mjs'
import { serveTcp } from './serve-tcp.mjs'

/** @type {Map<string, string>} */
const values = new Map()
const maxKeys = 10_000

/** @param {string} key */
function increment(key) {
  const value = Number(values.get(key) ?? '0')
  if (!Number.isSafeInteger(value)) return failure('value is not an integer or out of range')
  if (!values.has(key) && values.size >= maxKeys) return failure('this stand-in holds no more keys')
  values.set(key, String(value + 1))
  return `:${value + 1}\r\n`
}

/** @param {string} key @param {string} value */
function set(key, value) {
  if (!values.has(key) && values.size >= maxKeys) return failure('this stand-in holds no more keys')
  values.set(key, value)
  return '+OK\r\n'
}

/** @param {string} key */
const get = (key) => {
  const value = values.get(key)
  return value === undefined ? nil : bulk(value)
}

/** @param {string[]} words */
function answer([name = '', ...given]) {
  const [key, value] = given
  switch (name.toUpperCase()) {
    case 'PING':
      return key === undefined ? '+PONG\r\n' : bulk(key)
    case 'ECHO':
      return bulk(key ?? '')
    case 'INCR':
      return key === undefined ? wrongCount(name) : increment(key)
    case 'GET':
      return key === undefined ? wrongCount(name) : get(key)
    case 'SET':
      return key === undefined || value === undefined ? wrongCount(name) : set(key, value)
    case 'DEL':
      return `:${given.filter((one) => values.delete(one)).length}\r\n`
    case 'INFO':
      return bulk('# Server\r\nredis_version:0.0.0\r\nswitchboard:stand-in for redis\r\n')
    case 'COMMAND':
      return '*0\r\n'
    case 'QUIT':
      return '+OK\r\n'
    default:
      return failure(`unknown command '${name}': this is a stand-in for redis`)
  }
}

/** @param {string} name */
const wrongCount = (name) => failure(`wrong number of arguments for '${name.toLowerCase()}' command`)

serveTcp('stand-in for redis', readPort(6379), (pending) => {
  let taken = 0
  let say = ''
  try {
    for (;;) {
      const command = readCommand(pending.subarray(taken))
      if (!command) return { taken, say }
      taken += command.length
      if (command.words.length === 0) continue
      say += answer(command.words)
      if (command.words[0]?.toUpperCase() === 'QUIT') return { taken, say, end: true }
    }
  } catch (error) {
    return { taken, say: say + failure(error instanceof Error ? error.message : String(error)), end: true }
  }
})
