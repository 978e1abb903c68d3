import { hostname, networkInterfaces } from 'node:os'

/**
 * @typedef {{ port: number, protocol: 'tcp' | 'udp' }} Port
 * @typedef {{ image: string, task: string, cluster: string, family: string, container: string, ports: Port[] }} Container
 */

/** What the local cloud told this program about its container. @returns {Container} */
export function readContainer() {
  const told = process.env.SWITCHBOARD_CONTAINER
  if (!told)
    throw new Error('SWITCHBOARD_CONTAINER is not set: this program is started by the local cloud only.')
  return JSON.parse(told)
}

/** The port that a program listens on: `PORT`, else the container's first tcp port, else its usual one. */
export function readPort(/** @type {number} */ usual) {
  const named = Number(process.env.PORT)
  if (Number.isInteger(named) && named > 0 && named < 65_536) return named
  return readContainer().ports.find(({ protocol }) => protocol === 'tcp')?.port ?? usual
}

export const ownHostname = hostname()
export const ownAddress = Object.values(networkInterfaces()).flat()[0]?.address ?? ''
