// Loaded by `--require` before every Node program of a task, so that an ordinary program finds itself at home:
// its own address, name, localhost and resolver. Plain JavaScript without dependencies: it runs inside foreign programs.
const { syncBuiltinESMExports } = require('node:module')
const { patchConnect } = require('./preload-connect.cjs')
const { patchDatagrams } = require('./preload-datagrams.cjs')
const { patchIdentity } = require('./preload-identity.cjs')
const { patchListen } = require('./preload-listen.cjs')
const { patchNames } = require('./preload-names.cjs')
const { makePlaceOf, readHosts } = require('./preload-service-connect.cjs')
const { watchParent } = require('./preload-parent.cjs')

const {
  SWITCHBOARD_ADDRESS: address,
  SWITCHBOARD_HOSTNAME: hostname,
  SWITCHBOARD_DNS: dnsServer,
  SWITCHBOARD_LOWEST_PORT: lowest,
  SWITCHBOARD_HOSTS: hosts,
  SWITCHBOARD_INNER_ADDRESS: innerAddress,
  SWITCHBOARD_PROXIED_PORTS: proxiedPorts,
} = process.env

watchParent()
if (address && hostname && dnsServer) {
  patchIdentity({ address, hostname })
  const lowestPort = Number(lowest ?? 0)
  const placeOf = makePlaceOf({ address, innerAddress, proxiedPorts })
  patchNames({ address, hostname, dnsServer, hosts: readHosts(hosts) })
  patchListen({ address, hostname, lowestPort, placeOf })
  patchConnect({ address, lowestPort, placeOf })
  patchDatagrams({ address })
  // `import { lookup } from 'node:dns'` sees what `require('dns').lookup` was changed to only after this.
  syncBuiltinESMExports()
}
