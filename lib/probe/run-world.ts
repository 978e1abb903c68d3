import 'server-only'
import { randomBytes } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import type { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery'
import type { TargetKind } from '@/lib/inventory/model'
import type { ServiceNode } from '@/lib/topology/model'
import { canonicalAddress } from './address'
import { call } from './call'
import { type OpenSocket, openSocket } from './call-connect'
import { callLimits } from './call-limits'
import { discover } from './discover'
import { resolveByDns } from './dns'
import type { DnsServerSource } from './dns-server'
import { notFound } from './found'
import type { OwnListener } from './guard'
import type { ProbeWorld } from './run'

/** What a call needs of the console around it. */
export type WorldSettings = {
  readonly kind: TargetKind
  /** null: AWS's own endpoints. */
  readonly endpointUrl: string | null
  readonly cloudMap: ServiceDiscoveryClient
  /** Where the console itself listens. */
  readonly consoleListeners: readonly OwnListener[]
  readonly dnsServers: DnsServerSource
  /** The service in the newest topology; null when it is not on the map. */
  readonly readService: (serviceId: string) => ServiceNode | null
}

const toListener = (url: string): OwnListener => {
  const { hostname, port, protocol } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const standard = protocol === 'https:' ? 443 : 80
  return { host: host === 'localhost' ? '127.0.0.1' : host, port: port === '' ? standard : Number(port) }
}

const toHostAndPort = (server: string): OwnListener => toListener(`http://${server}`)

const readOwnAddresses = (): ReadonlySet<string> =>
  new Set(
    Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .flatMap(({ address }) => canonicalAddress(address) ?? []),
  )

const movedBy = 20_000

/** A local cloud whose user may not have low ports moves them up by 20,000; tasks are called where they really listen. */
const openWhereReached =
  (lowestPort: number): OpenSocket =>
  (address, port) =>
    openSocket(address, port < lowestPort ? port + movedBy : port)

/**
 * The real world for `run`: Cloud Map through the target's own client, the local cloud's DNS in local mode and the
 * system's resolvers otherwise, the system's sockets and clocks.
 */
export const makeWorld = async (settings: WorldSettings): Promise<ProbeWorld> => {
  const { endpointUrl } = settings
  const local = settings.kind === 'local' && endpointUrl !== null
  const server = local
    ? await settings.dnsServers.read(endpointUrl).then(
        (found) => ({ found, reason: null }),
        (error: unknown) => ({ found: null, reason: error instanceof Error ? error.message : String(error) }),
      )
    : { found: null, reason: null }
  const lowestPort =
    server.found === null || !local ? 0 : await settings.dnsServers.readLowestPort(endpointUrl)
  const tools = { limits: callLimits, open: openWhereReached(lowestPort), now: () => performance.now() }

  return {
    readService: settings.readService,
    around: {
      targetIsLocal: local,
      ownListeners: [
        ...settings.consoleListeners,
        ...(endpointUrl === null ? [] : [toListener(endpointUrl)]),
        ...(server.found === null ? [] : [toHostAndPort(server.found)]),
      ],
      ownAddresses: readOwnAddresses(),
    },
    discover: (namespaceName, serviceName, signal) =>
      discover(settings.cloudMap, namespaceName, serviceName, signal),
    resolveDns: async (name, signal) =>
      server.reason === null
        ? resolveByDns(name, server.found, signal)
        : notFound('SRV, then A', { code: 'NoDnsServer', message: server.reason }),
    call: (plan, signal, progress) => call(plan, tools, signal, progress),
    now: tools.now,
    wallNow: () => Date.now(),
    chance: () => Math.random(),
    makeRunId: () => randomBytes(6).toString('hex'),
  }
}
