import 'server-only'
import type { Role } from '@/lib/access/role'
import { currentFeed } from '@/lib/feed/feed'
import { currentTarget } from '@/lib/target/current'
import { processWide } from '@/lib/target/process-wide'
import type { ServiceNode } from '@/lib/topology/model'
import { type Budget, budgetLimits, makeBudget } from './budget'
import { type DnsServerSource, makeDnsServerSource } from './dns-server'
import type { ProbeWorld } from './run'
import { makeWorld } from './run-world'
import { type CallRequest, safeMethods } from './trip'

const monotonicMs = () => performance.now()

/** The budget of all sessions of this process. */
export const currentBudget = (): Budget =>
  processWide('call-budget', () => makeBudget(budgetLimits, monotonicMs))

const currentDnsServers = (): DnsServerSource =>
  processWide('call-dns-servers', () => makeDnsServerSource(monotonicMs))

/** Whether somebody in this role may send this method: what changes nothing for viewers, anything for operators. */
export const mayCall = (role: Role, request: CallRequest): boolean =>
  role === 'operator' || safeMethods.includes(request.method)

/** The service in a map as fresh as the polling allows; null when it is not there. */
export const findService = async (serviceId: string): Promise<ServiceNode | null> => {
  const topology = await currentFeed().fresh()
  return topology?.services.find(({ id }) => id === serviceId) ?? null
}

/** The world of a run from this console: its target, its map, its own ports. */
export const worldOfConsole = (env: Readonly<Record<string, string | undefined>>): Promise<ProbeWorld> => {
  const { settings, clients } = currentTarget()
  const port = Number(env.SWITCHBOARD_PORT || env.PORT || 3000)
  return makeWorld({
    kind: settings.kind,
    endpointUrl: settings.endpointUrl,
    cloudMap: clients().cloudMap,
    consoleListeners: [
      { host: '127.0.0.1', port },
      { host: '::1', port },
    ],
    dnsServers: currentDnsServers(),
    readService: (serviceId) =>
      currentFeed()
        .topology()
        ?.services.find(({ id }) => id === serviceId) ?? null,
  })
}
