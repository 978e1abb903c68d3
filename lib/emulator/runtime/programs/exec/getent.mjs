// getent hosts|ahosts|ahostsv4 NAME: what programs of this task get for a name, hosts file first. Nothing else of getent.
import { lookup } from 'node:dns/promises'

const [database, ...names] = process.argv.slice(2)
if (!['hosts', 'ahosts', 'ahostsv4'].includes(database ?? '') || names.length === 0) {
  process.stderr.write(
    "getent: the local cloud's getent has hosts, ahosts and ahostsv4 of a name, nothing else\n",
  )
  process.exit(1)
}
for (const name of names) {
  try {
    const found = await lookup(name, { all: true, family: database === 'ahostsv4' ? 4 : 0 })
    for (const { address } of found)
      process.stdout.write(
        database === 'hosts' ? `${address.padEnd(15)} ${name}\n` : `${address.padEnd(15)} STREAM ${name}\n`,
      )
  } catch {
    // Not found: getent says nothing and ends with 2.
    process.exitCode = 2
  }
}
