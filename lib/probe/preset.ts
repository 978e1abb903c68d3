import type { ServiceNode } from '@/lib/topology/model'
import { aliasProblem } from './from-task/alias-problem'
import type { Via } from './trip'

const isBackend = (image: string): boolean => /(^|[/-])backend(-api)?(:|@|$)/.test(image)
const isFrontend = (image: string): boolean => /(^|[/-])frontend(-web)?(:|@|$)/.test(image)
const isCopilotApp = (image: string): boolean => /(^|\/)app[12](:|@|$)/.test(image)

/** Paths that this service probably serves, the most telling first; from its images, and what services commonly have. */
export const pathPresets = (service: ServiceNode): readonly string[] => {
  const images = service.images.map(({ image }) => image)
  if (images.some(isBackend)) return ['/api/data', '/health', '/']
  if (images.some(isFrontend)) return ['/', '/call-backend', '/health']
  if (images.some(isCopilotApp)) return ['/', '/ping']
  return ['/', '/health']
}

/** The ways this service can be found, the most usual first; empty when nothing of it can be called. */
export const waysOf = (service: ServiceNode): readonly Via[] => [
  ...(service.discovery?.dnsName ? (['dns'] as const) : []),
  ...(service.discovery ? (['discover'] as const) : []),
  ...(service.instances.some(({ address }) => address !== null) ? (['tasks'] as const) : []),
]

/**
 * The same from inside a task of `caller`: a Service Connect alias first, since that is what programs there use, and last where its tasks
 * do not know the name.
 */
export const waysFromTask = (service: ServiceNode, caller: ServiceNode): readonly Via[] => {
  const others = waysOf(service)
  if (!service.connect || service.connect.endpoints.length === 0) return others
  return aliasProblem(caller, service, null) === null ? ['alias', ...others] : [...others, 'alias']
}

/** The ports that can be chosen for a way. */
export const portsOfWay = (service: ServiceNode, via: Via): readonly number[] =>
  via === 'alias' ? [...new Set(service.connect?.endpoints.map(({ port }) => port))] : portsOf(service)

/** TCP ports that this service names, each once, in order of appearance. */
export const portsOf = (service: ServiceNode): readonly number[] => [
  ...new Set([
    ...service.ports.filter(({ protocol }) => protocol !== 'udp').map(({ port }) => port),
    ...service.instances.flatMap(({ port }) => port ?? []),
  ]),
]
