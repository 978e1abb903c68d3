// dig: `dig [@server] name [type] [+short] [-x address]`. Asks the task's DNS server, from the task's address.
import { isSilent, makeResolver, serverOf, statusOf, tellAlias, toServer } from './names.mjs'

const types = new Set(['A', 'AAAA', 'SRV', 'CNAME', 'NS', 'PTR', 'SOA', 'TXT', 'MX'])
let server
let port
let name = ''
let type = 'A'
let short = false
let reverse = ''
const args = process.argv.slice(2)
for (let word = args.shift(); word !== undefined; word = args.shift()) {
  if (word.startsWith('@')) server = word.slice(1)
  else if (word === '+short') short = true
  else if (word.startsWith('+')) continue
  else if (word === '-x') reverse = args.shift() ?? ''
  else if (word === '-p') port = args.shift()
  else if (word === '-t') type = (args.shift() ?? 'A').toUpperCase()
  else if (word.startsWith('-'))
    process.stderr.write(`;; ${word} is left out: the local cloud's dig does not have it\n`)
  else if (types.has(word.toUpperCase())) type = word.toUpperCase()
  else if (word.toUpperCase() !== 'IN') name = word
}
const resolver = makeResolver(
  server === undefined ? undefined : toServer(port ? `${server}#${port}` : server),
)
const asked = serverOf(resolver)

/** Answer lines: name, time to live, type, value. @returns {Promise<string[][]>} */
async function answers() {
  if (reverse) return (await resolver.reverse(reverse)).map((one) => [reverse, '0', 'PTR', `${one}.`])
  const line = (/** @type {number | string} */ ttl, /** @type {string} */ value) => [
    `${name.replace(/\.$/, '')}.`,
    String(ttl),
    type,
    value,
  ]
  if (type === 'A')
    return (await resolver.resolve4(name, { ttl: true })).map((one) => line(one.ttl, one.address))
  if (type === 'AAAA')
    return (await resolver.resolve6(name, { ttl: true })).map((one) => line(one.ttl, one.address))
  if (type === 'SRV')
    return (await resolver.resolveSrv(name)).map((one) =>
      line(0, `${one.priority} ${one.weight} ${one.port} ${one.name}.`),
    )
  return [await resolver.resolve(name, type)]
    .flat()
    .map((one) => line(0, typeof one === 'string' ? one : JSON.stringify(one)))
}

const startedAt = performance.now()
let status = 'NOERROR'
/** @type {string[][]} */
let found = []
try {
  found = await answers()
} catch (error) {
  if (isSilent(error)) {
    process.stdout.write(';; communications error: no servers could be reached\n')
    process.exit(9)
  }
  status = statusOf(error)
}
if (short) for (const [, , , value] of found) process.stdout.write(`${value}\n`)
else {
  process.stdout.write(`;; ->>HEADER<<- opcode: QUERY, status: ${status}\n;; ANSWER: ${found.length}\n\n`)
  process.stdout.write(`;; QUESTION SECTION:\n;${reverse || name}.\t\tIN\t${reverse ? 'PTR' : type}\n\n`)
  if (found.length > 0) process.stdout.write(';; ANSWER SECTION:\n')
  for (const [owner, ttl, kind, value] of found)
    process.stdout.write(`${owner}\t${ttl}\tIN\t${kind}\t${value}\n`)
  process.stdout.write(
    `\n;; Query time: ${Math.round(performance.now() - startedAt)} msec\n;; SERVER: ${asked.host}#${asked.port}(${asked.host})\n`,
  )
}
if (found.length === 0) tellAlias(name)
