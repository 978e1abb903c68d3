import type { InstanceNode, InstanceState, ServiceNode, State } from '@/lib/topology/model'
import { count } from '../ui/age'
import { aliasWords, connectMark, proxyWords, staleSentence } from './connect-words'

const stateWords: Record<State, string> = {
  ok: 'healthy',
  busy: 'changing',
  warn: 'degraded',
  bad: 'failing',
  off: 'stopped or unknown',
}

/** The word of a state when it stands alone, as in the filter. */
export function stateWord(state: State): string {
  return stateWords[state]
}

const instanceWords: Record<InstanceState, string> = {
  healthy: 'healthy',
  starting: 'starting',
  stopping: 'stopping',
  failing: 'failing',
  unhealthy: 'unhealthy',
  orphaned: 'orphaned: Cloud Map has it, no task does',
}

export function instanceWord(state: InstanceState): string {
  return instanceWords[state]
}

/** `2/3` for an ECS service, `4` for one that only Cloud Map knows or tasks on their own, nothing for a name without a service. */
export function instanceCount(service: ServiceNode): string {
  if (service.ecs) return `${service.ecs.running}/${service.ecs.desired}`
  return isMissing(service) ? '' : `${service.instances.length}`
}

/** How many instances there are: a task that stopped a moment ago is still shown, and is none. */
export const livingInstances = (instances: readonly InstanceNode[]): number =>
  instances.filter(({ taskStatus }) => taskStatus !== 'STOPPED').length

/** What a card says to somebody who does not see it: name, counts, state, then what is odd. */
export function describeService(service: ServiceNode): string {
  const parts = [service.name]
  if (service.ecs) parts.push(`${service.ecs.running} of ${service.ecs.desired} running`)
  else if (service.discovery) {
    parts.push(`${count(service.instances.length, 'instance')} in Cloud Map, no ECS service`)
  }
  parts.push(service.status)
  const odd = countStates(service.instances).filter(([state]) => state !== 'healthy')
  for (const [state, n] of odd) parts.push(`${n} ${state}`)
  const { connect } = service
  if (connect) {
    parts.push(`Service Connect ${connect.mode === 'client' ? 'client only' : 'client and server'}`)
    parts.push(...[proxyWords(connect), staleSentence(service.name, connect)].filter((part) => part !== null))
  }
  return parts.join(', ')
}

/** How many instances stand in each state, in the order of first appearance. */
export function countStates(
  instances: readonly InstanceNode[],
): readonly (readonly [InstanceState, number])[] {
  const counts = new Map<InstanceState, number>()
  for (const instance of instances) counts.set(instance.state, (counts.get(instance.state) ?? 0) + 1)
  return [...counts]
}

const missing = 'missing/'

/** A name that somebody calls and nothing answers to: neither ECS nor Cloud Map has it. */
export function isMissing(service: ServiceNode): boolean {
  return service.id.startsWith(missing)
}

/** The mono line of a card: the name that others call, with the port when there is just one. */
export function addressLine(service: ServiceNode): string {
  if (isMissing(service)) return service.id.slice(missing.length)
  const { connect } = service
  const dns = service.discovery?.dnsName
  if (connect && connect.endpoints.length > 0) return [aliasWords(connect), ...(dns ? [dns] : [])].join(' · ')
  const port = service.ports.length === 1 ? `:${service.ports[0]?.port}` : ''
  if (dns) return `${dns}${port}`
  if (service.discovery) return `${service.discovery.name} in ${service.discovery.namespaceName}`
  return service.ports.length > 0 ? service.ports.map((each) => `:${each.port}`).join(' ') : 'no port'
}

/** The same in two parts, the second of which is never cut: the end of the name with the port. */
export function addressParts(service: ServiceNode): readonly [head: string, tail: string] {
  const line = addressLine(service)
  const [, head = line, tail = ''] = /^([^ ]+?)((?:\.[^.: ]{1,8})?:\d{1,5})$/.exec(line) ?? []
  return [head, tail]
}

/** How others find it: `DNS · 60 s`, `API only`, `not in Cloud Map`, or by Service Connect. */
export function discoveryWord(service: ServiceNode): string {
  if (service.connect) return connectMark(service.name, service.connect).word
  if (!service.discovery) return 'not in Cloud Map'
  const record = service.discovery.dnsRecords[0]
  return record ? `DNS · ${record.ttlSeconds} s` : 'API only'
}
