import type { ServiceNode } from '@/lib/topology/model'
import { canonicalAddress } from '../address'
import { instanceAt } from '../answerer'
import { toPlace } from '../run-step'
import type { Candidate, Step } from '../trip'
import type { TaskPlace } from './place'
import type { TaskReport } from './read-report'

type Told = Omit<Step, 'type' | 'name' | 'lesson' | 'startMs' | 'durationMs'>

/** The session stood. */
export const tellEntered = (taskId: string, container: string): Told => ({
  outcome: 'ok',
  fact: `task ${taskId.slice(0, 8)}`,
  note: `container ${container}, by ECS Exec`,
  candidates: null,
})

/** It did not come to that. */
export const tellNotEntered = (message: string): Told => ({
  outcome: 'failed',
  fact: 'no session',
  note: message,
  candidates: null,
})

const toCandidate = (address: string, port: number, service: ServiceNode): Candidate => {
  const canonical = canonicalAddress(address) ?? address
  return {
    address: canonical,
    port,
    health: null,
    instanceId: instanceAt(service.instances, canonical, port)?.id ?? null,
    refusal: null,
  }
}

/** What a name meant in the task. `whyUnknown`: what the map knows against an alias there. */
export function tellName(
  report: TaskReport,
  place: TaskPlace,
  service: ServiceNode,
  isAlias: boolean,
  whyUnknown: string | null,
): Told {
  const found =
    report.addresses.length > 0
      ? report.addresses
      : report.remoteAddress === null
        ? []
        : [report.remoteAddress]
  if (report.error?.kind === 'resolve' || (found.length === 0 && report.status === null))
    return {
      outcome: 'failed',
      fact: `${place.host} is not known`,
      note: isAlias
        ? (whyUnknown ??
          'names are fixed when a deployment is made: a service deployed before this one must be redeployed to know it')
        : (report.error?.message ?? null),
      candidates: [],
    }
  if (found.length === 0)
    return {
      outcome: 'ok',
      fact: place.host,
      note: 'the container has nothing that tells its address',
      candidates: [],
    }
  const [first] = found
  return {
    outcome: 'ok',
    fact: found.length === 1 && first !== undefined ? first : `${found.length} addresses`,
    note: isAlias ? `${place.host} in the task’s hosts file` : `${place.host}, as the task sees it`,
    candidates: found.map((address) => toCandidate(address, place.port, service)),
  }
}

const amongWords = (healthy: number): string =>
  healthy === 0
    ? 'no instance is healthy now: with nobody to lead to, the proxy answers 503 itself'
    : healthy === 1
      ? 'one instance is healthy'
      : `among ${healthy} healthy instances, in turn`

/** Who chose the instance, when the console did not. */
export const tellChosen = (
  address: string | null,
  place: TaskPlace,
  service: ServiceNode,
  isAlias: boolean,
): Told => ({
  outcome: 'ok',
  fact: isAlias ? 'the proxy chooses' : address === null ? place.host : toPlace(address, place.port),
  note: isAlias
    ? amongWords(service.instances.filter(({ state }) => state === 'healthy').length)
    : 'chosen by the program itself',
  candidates: null,
})
