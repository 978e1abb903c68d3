// nslookup: `nslookup [-type=A|AAAA|SRV|…] name [server]`. Asks the task's DNS server, from the task's address.
import { isIP } from 'node:net'
import { isSilent, makeResolver, serverOf, statusOf, tellAlias, toServer } from './names.mjs'

let type = ''
/** @type {string[]} */
const words = []
for (const word of process.argv.slice(2)) {
  const found = /^-(?:query)?(?:type|q|querytype)=(\w+)$/i.exec(word)
  if (found) type = (found[1] ?? '').toUpperCase()
  else if (word.startsWith('-'))
    process.stderr.write(`*** ${word} is left out: the local cloud's nslookup does not have it\n`)
  else words.push(word)
}
const [name, server] = words
if (name === undefined) {
  process.stderr.write('nslookup: the local cloud has no interactive mode; name what to look for\n')
  process.exit(1)
}
const resolver = makeResolver(server === undefined ? undefined : toServer(server))
const asked = serverOf(resolver)
process.stdout.write(`Server:\t\t${asked.host}\nAddress:\t${asked.host}#${asked.port}\n\n`)

try {
  if (isIP(name)) {
    for (const one of await resolver.reverse(name)) process.stdout.write(`${name}\tname = ${one}.\n`)
  } else if (type === '' || type === 'A' || type === 'AAAA') {
    const [four, six] = await Promise.allSettled([
      type === 'AAAA' ? [] : resolver.resolve4(name),
      type === 'A' ? [] : resolver.resolve6(name),
    ])
    const found = [four, six].flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    if (found.length === 0)
      throw four.status === 'rejected'
        ? four.reason
        : six.status === 'rejected'
          ? six.reason
          : new Error('no answer')
    for (const address of found) process.stdout.write(`Name:\t${name}\nAddress: ${address}\n`)
  } else if (type === 'SRV') {
    for (const one of await resolver.resolveSrv(name))
      process.stdout.write(`${name}\tservice = ${one.priority} ${one.weight} ${one.port} ${one.name}.\n`)
  } else {
    for (const one of [await resolver.resolve(name, type)].flat())
      process.stdout.write(`${name}\t${type.toLowerCase()} = ${JSON.stringify(one)}\n`)
  }
} catch (error) {
  if (isSilent(error)) process.stdout.write(';; connection timed out; no servers could be reached\n')
  else process.stdout.write(`** server can't find ${name}: ${statusOf(error)}\n`)
  tellAlias(name)
  process.exitCode = 1
}
