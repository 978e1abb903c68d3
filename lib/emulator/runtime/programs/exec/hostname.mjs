// hostname: the task's own name, or its address with -i.
const [flag] = process.argv.slice(2)
const { SWITCHBOARD_ADDRESS: address = '', HOSTNAME: name = '' } = process.env
if (flag === undefined || flag === '-f' || flag === '-s' || flag === '--fqdn')
  process.stdout.write(`${name}\n`)
else if (flag === '-i' || flag === '-I') process.stdout.write(`${address}\n`)
else {
  process.stderr.write(`hostname: ${flag}: the local cloud's hostname does not have it\n`)
  process.exitCode = 1
}
