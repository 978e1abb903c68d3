/**
 * Where a port of the task itself really is. What its Service Connect proxy has taken at the task's address, the
 * application has at an inner address; within the task the way there is past the proxy.
 * @param {{ address: string, innerAddress?: string | undefined, proxiedPorts?: string | undefined }} task
 * @returns {(port: unknown) => string}
 */
function makePlaceOf({ address, innerAddress, proxiedPorts = '' }) {
  const proxied = new Set(proxiedPorts.split(',').filter(Boolean).map(Number))
  return (port) => (innerAddress && proxied.has(Number(port)) ? innerAddress : address)
}

/**
 * The task's lines of /etc/hosts: aliases in lower case with their addresses.
 * @param {string | undefined} text @returns {ReadonlyMap<string, string>}
 */
function readHosts(text) {
  /** @type {Map<string, string>} */
  const hosts = new Map()
  if (!text) return hosts
  for (const [alias, address] of Object.entries(JSON.parse(text))) hosts.set(alias, String(address))
  return hosts
}

module.exports = { makePlaceOf, readHosts }
