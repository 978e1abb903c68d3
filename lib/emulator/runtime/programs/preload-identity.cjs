const os = require('node:os')

/**
 * What the machine says about itself: the task's name and its one network interface, as in an awsvpc task.
 * @param {{ address: string, hostname: string }} task
 */
function patchIdentity({ address, hostname }) {
  const [, block = 0, high = 0, low = 0] = address.split('.').map(Number)
  const hex = (/** @type {number} */ byte) => byte.toString(16).padStart(2, '0')
  os.hostname = () => hostname
  os.networkInterfaces = () => ({
    eth0: [
      {
        address,
        netmask: '255.255.0.0',
        family: 'IPv4',
        mac: `02:00:7f:${hex(block)}:${hex(high)}:${hex(low)}`,
        internal: false,
        cidr: `${address}/16`,
      },
    ],
  })
}

module.exports = { patchIdentity }
