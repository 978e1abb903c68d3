// Loaded by `--import` before every Node program of a task, so that an ordinary program finds itself at home:
// its own address, name, localhost and resolver. Plain JavaScript without dependencies: it runs inside foreign programs.
import { syncBuiltinESMExports } from 'node:module'
import { patchConnect } from './preload-connect.mjs'
import { patchDatagrams } from './preload-datagrams.mjs'
import { patchIdentity } from './preload-identity.mjs'
import { patchListen } from './preload-listen.mjs'
import { patchNames } from './preload-names.mjs'
import { watchParent } from './preload-parent.mjs'

const {
  SWITCHBOARD_ADDRESS: address,
  SWITCHBOARD_HOSTNAME: hostname,
  SWITCHBOARD_DNS: dnsServer,
} = process.env

watchParent()
if (address && hostname && dnsServer) {
  patchIdentity({ address, hostname })
  patchNames({ address, hostname, dnsServer })
  patchListen({ address, hostname })
  patchConnect({ address })
  patchDatagrams({ address })
  // `import { lookup } from 'node:dns'` sees what `require('dns').lookup` was changed to only after this.
  syncBuiltinESMExports()
}
