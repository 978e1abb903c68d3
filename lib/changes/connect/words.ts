import type { EcsService } from '../../inventory/model'
import type { Consequence } from '../../plan/plan'
import type { ConnectEndpoint, ConnectWish } from '../inputs/service-connect'
import { counted, listed } from '../list-words'
import type { World } from '../world'
import { type Client, dnsNamesOf, nodeOfService } from './clients'
import { type ConnectName, cardName, wordOf } from './known'
import { nameOfEndpoint } from './names'
import type { ProxyShare } from './task'

const info = (text: string): Consequence => ({ tone: 'info', text })
const warn = (text: string): Consequence => ({ tone: 'warn', text })
const danger = (text: string): Consequence => ({ tone: 'danger', text })

const words = (names: readonly ConnectName[]) => listed(names.map(wordOf))
const all = (clients: readonly Client[], world: World) =>
  listed(clients.map(({ service }) => cardName(world, service)))

/** Ports that people speak HTTP on, so that plain TCP is likely a slip (ECS developer guide: TCP has no HTTP metrics or timeouts). */
const looksLikeHttp = ({ containerPort, portName }: ConnectEndpoint) =>
  [80, 3_000, 8_000, 8_080].includes(containerPort) || /http|web|api/.test(portName)

function endpointWords(endpoint: ConnectEndpoint): readonly Consequence[] {
  const { portName, appProtocol, idleTimeoutSeconds: idle, perRequestTimeoutSeconds: request } = endpoint
  return [
    ...(appProtocol === '' && looksLikeHttp(endpoint)
      ? [
          warn(
            `Port ${portName} is treated as plain TCP: no counts of requests and errors, no request timeout, no retries. It cannot be changed later.`,
          ),
        ]
      : []),
    ...(idle !== null && request !== null && idle > 0 && request > 0 && idle < request
      ? [
          warn(
            `Port ${portName}: the idle timeout (${idle} s) ends calls before the request timeout (${request} s) does.`,
          ),
        ]
      : []),
  ]
}

/** What a wish means by itself. */
export function wishWords(
  wish: Exclude<ConnectWish, { mode: 'off' }>,
  namespaceName: string,
): readonly Consequence[] {
  const own = wish.mode === 'client' ? [] : wish.endpoints.flatMap(endpointWords)
  const moved =
    wish.mode === 'client'
      ? []
      : wish.endpoints
          .filter(({ aliasPort, containerPort }) => aliasPort !== containerPort)
          .map((endpoint) =>
            info(
              `Clients call ${wordOf(nameOfEndpoint(endpoint, namespaceName))}; the application goes on listening on ${endpoint.containerPort}.`,
            ),
          )
  const silent =
    wish.logs.kind === 'none' ? [info('The proxies write no logs: when one fails, nothing says why.')] : []
  return [...own, ...moved, ...silent]
}

/** Names that start, and who will not see them without a deployment. */
export function startedWords(
  service: EcsService,
  started: readonly ConnectName[],
  clients: readonly Client[],
  chosen: ReadonlySet<string>,
  namespaceName: string,
  world: World,
): readonly Consequence[] {
  if (started.length === 0) return []
  const left = clients.filter((client) => !chosen.has(client.service.arn))
  const dnsNames = dnsNamesOf(service, world)
  const shadowed = started.filter(({ alias }) => dnsNames.includes(alias))
  const stale = left.filter(({ help }) => help === 'redeploy')
  const outside = left.filter(({ help }) => help === 'join')
  const elsewhere = left.filter(({ help }) => help === 'elsewhere')
  const one = (clientsThere: readonly Client[]) => clientsThere.length === 1
  return [
    info(
      `${words(started)} ${started.length === 1 ? 'starts' : 'start'} to lead to ${cardName(world, service)}, for tasks of services in ${namespaceName} that are deployed afterwards.`,
    ),
    ...(shadowed.length > 0
      ? [
          info(
            `${words(shadowed)} is a DNS name too: clients in Service Connect then go by their proxy, everybody else goes on by DNS.`,
          ),
        ]
      : []),
    ...(stale.length > 0
      ? [
          warn(
            `${all(stale, world)} ${one(stale) ? 'was' : 'were'} deployed before ${words(started)} ${started.length === 1 ? 'exists' : 'exist'}: ${one(stale) ? 'it' : 'they'} must be redeployed to resolve ${started.length === 1 ? 'it' : 'them'}.`,
          ),
        ]
      : []),
    ...(outside.length > 0
      ? [
          warn(
            `${all(outside, world)} ${one(outside) ? 'calls' : 'call'} ${cardName(world, service)} and ${one(outside) ? 'is' : 'are'} not in Service Connect: ${one(outside) ? 'it goes' : 'they go'} on as today, past the proxies.`,
          ),
        ]
      : []),
    ...(elsewhere.length > 0
      ? [
          warn(
            `${all(elsewhere, world)} ${one(elsewhere) ? 'is' : 'are'} in another Service Connect namespace and cannot resolve ${words(started)}.`,
          ),
        ]
      : []),
  ]
}

/** Callers that go on by DNS although the service has a name in Service Connect: only the alias leads through the proxies. */
export function bypassWords(
  service: EcsService,
  started: readonly ConnectName[],
  clients: readonly Client[],
  world: World,
): readonly Consequence[] {
  const dnsNames = dnsNamesOf(service, world)
  if (started.length === 0 || started.some(({ alias }) => dnsNames.includes(alias))) return []
  const node = nodeOfService(world, service)
  return clients.flatMap((client) => {
    const source = nodeOfService(world, client.service)?.id
    const edge = world.topology.edges.find((one) => one.source === source && one.target === node?.id)
    const declared = (edge?.evidence ?? []).flatMap((one) =>
      one.kind === 'declared' && dnsNames.includes(one.host) ? [one] : [],
    )
    const [first] = declared
    return first
      ? [
          info(
            `${listed(declared.map(({ variable }) => variable))} of ${cardName(world, client.service)} names ${first.host}: these calls go on by DNS, past the proxies, until it names ${words(started)}. With the DNS name as alias nothing has to be changed.`,
          ),
        ]
      : []
  })
}

/** What new proxies take and what is left of the tasks; of those that are there already, only that they have too little. */
export function proxyWords(shares: readonly ProxyShare[]): readonly Consequence[] {
  const alike = new Map<string, ProxyShare[]>()
  for (const share of shares) {
    const key = `${share.wants}/${share.spare}/${share.fits}/${share.isThere}`
    alike.set(key, [...(alike.get(key) ?? []), share])
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const names = listed(group.map(({ name }) => name))
    if (first.isThere && first.fits) return []
    const has = first.isThere ? 'has a proxy already' : 'gets a proxy'
    return first.fits
      ? [
          info(
            `Each task of ${names} gets a proxy, which wants ${first.wants}; beside its containers ${first.spare} are free.`,
          ),
        ]
      : [
          warn(
            `Each task of ${names} ${has}, which wants ${first.wants}; beside its containers only ${first.spare} are free. Give the task more.`,
          ),
        ]
  })
}

/** Names that stop, whose calls fail for it, and who goes on. */
export function stoppedWords(
  service: EcsService,
  stopped: readonly ConnectName[],
  clients: readonly Client[],
  chosen: ReadonlySet<string>,
  world: World,
): readonly Consequence[] {
  if (stopped.length === 0) return []
  const dnsNames = dnsNamesOf(service, world)
  const staying = stopped.filter(({ alias }) => dnsNames.includes(alias))
  const ending = stopped.filter((name) => !staying.includes(name))
  const breaking = clients.filter(({ breaks }) => breaks)
  const keeping = clients.filter(
    ({ service: one, help, calls }) => help !== 'elsewhere' && calls && !chosen.has(one.arn),
  )
  const later = clients.filter(
    ({ service: one, help, calls }) => help === 'redeploy' && calls && chosen.has(one.arn),
  )
  return [
    ...(breaking.length > 0
      ? [
          danger(
            `${all(breaking, world)} ${breaking.length === 1 ? 'calls' : 'call'} ${cardName(world, service)} by ${words(stopped)}; these calls will fail.`,
          ),
        ]
      : []),
    ...(ending.length > 0
      ? [
          (breaking.length > 0 ? info : warn)(
            `${words(ending)} ${ending.length === 1 ? 'stops' : 'stop'} leading to ${cardName(world, service)}.`,
          ),
        ]
      : []),
    ...(staying.length > 0
      ? [info(`${listed(staying.map(({ alias }) => alias))} goes on resolving by DNS.`)]
      : []),
    ...(keeping.length > 0
      ? [
          warn(
            `${all(keeping, world)} ${keeping.length === 1 ? 'keeps' : 'keep'} the name until redeployed; its proxy answers 503 meanwhile.`,
          ),
        ]
      : []),
    ...(later.length > 0 && staying.length > 0
      ? [
          warn(
            `Between the two deployments calls of ${all(later, world)} to ${words(staying)} are answered with 503 by its own proxy.`,
          ),
        ]
      : []),
  ]
}

/** What a client sees of its namespace from the next deployment on. */
export function resolvedWords(
  service: EcsService,
  names: readonly ConnectName[],
  namespaceName: string,
  world: World,
): Consequence {
  const name = cardName(world, service)
  return names.length === 0
    ? warn(
        `No other service offers a name in ${namespaceName} yet. Names that are added later resolve in tasks of ${name} after its next deployment.`,
      )
    : info(`From this deployment on tasks of ${name} resolve ${words(names)}.`)
}

/** How many tasks are replaced. */
export const replacedWords = (services: readonly EcsService[]): readonly Consequence[] => {
  const tasks = services.reduce(
    (sum, { running, pending }) => sum + Math.max(0, running) + Math.max(0, pending),
    0,
  )
  return tasks === 0
    ? []
    : [
        info(
          `${counted(tasks, 'task')} of ${listed(services.map(({ name }) => name))} ${tasks === 1 ? 'is' : 'are'} replaced${services.length > 1 ? ', one service after the other' : ''}.`,
        ),
      ]
}
