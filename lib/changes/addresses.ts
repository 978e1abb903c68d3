import type { ServiceNode, Topology } from '../topology/model'

/** How a service that is there can be named in an environment variable. */
export type Address = {
  /** Its card on the map. */
  readonly nodeId: string
  /** `backend-api` */
  readonly name: string
  /** What the variable would usually be called: `BACKEND_API_URL`. */
  readonly variable: string
  /** What it would hold: `http://backend-api.production.local:8080`, or `host:port` where HTTP is not spoken. */
  readonly value: string
  readonly host: string
  readonly port: number | null
}

/** Ports of stores and brokers, which speak no HTTP. */
const notWeb = new Set([1_433, 1_521, 3_306, 5_432, 5_672, 6_379, 9_042, 9_092, 11_211, 27_017])

/** What a variable holds to reach this host and port. */
export function addressValue(host: string, port: number | null): string {
  if (port !== null && notWeb.has(port)) return `${host}:${port}`
  return port === null || port === 80 ? `http://${host}` : `http://${host}:${port}`
}

const variableOf = (name: string, web: boolean) =>
  `${name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')}_${web ? 'URL' : 'ADDRESS'}`

function addressesOfNode(node: ServiceNode): Address[] {
  const host = node.discovery?.dnsName
  if (!host || node.discovery?.dnsRecords.every((record) => record.type === 'SRV')) return []
  const ports = [...new Set(node.ports.filter(({ protocol }) => protocol !== 'udp').map(({ port }) => port))]
  return (ports.length > 0 ? ports : [null]).map((port) => ({
    nodeId: node.id,
    name: node.name,
    variable: variableOf(node.name, port === null || !notWeb.has(port)),
    value: addressValue(host, port),
    host,
    port,
  }))
}

/** What environment variables can hold to reach the services of a map that DNS answers for, by name. Pure and total. */
export const addressesOf = (topology: Pick<Topology, 'services'>): readonly Address[] =>
  topology.services
    .flatMap(addressesOfNode)
    .toSorted((a, b) => (a.name === b.name ? (a.port ?? 0) - (b.port ?? 0) : a.name < b.name ? -1 : 1))
