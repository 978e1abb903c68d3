import type { Topology } from '../../topology/model'
import { hasNameAlone } from '../name-alone'
import { findServices } from './services'
import { fitting, MOST_SUGGESTIONS, type Suggestion } from './suggestion'

const things = ['service', 'discovery service', 'namespace', 'cluster'] as const

type Thing = (typeof things)[number]

function services(topology: Topology, typed: string): readonly Suggestion[] {
  return findServices(topology, typed).map(({ node, clusterArn, clusterName }) => ({
    id: `delete ${node.id}`,
    text: `delete service ${node.name}`,
    hint: `asks first; in ${clusterName}`,
    action: {
      kind: 'change',
      change: 'delete-service',
      input: { clusterArn, serviceArn: node.ecs.arn, withDiscoveryService: hasNameAlone(node, topology) },
    },
  }))
}

function discoveryServices(topology: Topology, typed: string): readonly Suggestion[] {
  const alone = topology.services.flatMap((node) => (node.ecs === null && node.discovery ? [node] : []))
  return fitting(alone, (node) => [node.name, node.discovery?.dnsName ?? ''], typed).map((node) => ({
    id: `delete ${node.id}`,
    text: `delete discovery service ${node.name}`,
    hint: `asks first; ${node.discovery?.dnsName ?? 'without DNS'}`,
    action: {
      kind: 'change',
      change: 'delete-discovery-service',
      input: { discoveryServiceId: node.discovery?.serviceId ?? '', deregisterInstances: false },
    },
  }))
}

function namespaces(topology: Topology, typed: string): readonly Suggestion[] {
  return fitting(topology.namespaces, (group) => [group.name], typed).map((group) => ({
    id: `delete ${group.id}`,
    text: `delete namespace ${group.name}`,
    hint: 'asks first',
    action: {
      kind: 'change',
      change: 'delete-namespace',
      input: { namespaceId: group.namespaceId, withServices: false, deregisterInstances: false },
    },
  }))
}

function clusters(topology: Topology, typed: string): readonly Suggestion[] {
  return fitting(topology.clusters, (group) => [group.name], typed).map((group) => ({
    id: `delete ${group.id}`,
    text: `delete cluster ${group.name}`,
    hint: 'asks first',
    action: {
      kind: 'change',
      change: 'delete-cluster',
      input: { clusterArn: group.arn, withContents: false },
    },
  }))
}

const finders: Readonly<Record<Thing, (topology: Topology, typed: string) => readonly Suggestion[]>> = {
  service: services,
  'discovery service': discoveryServices,
  namespace: namespaces,
  cluster: clusters,
}

/** `delete web`, `delete namespace production.local`; nothing is deleted before the name was typed again. */
export function deleteSuggestions(topology: Topology, words: readonly string[]): readonly Suggestion[] {
  const typed = words.join(' ')
  const thing = things.find((one) => typed === one || typed.startsWith(`${one} `))
  const named = thing ? finders[thing](topology, typed.slice(thing.length).trim()) : []
  if (named.length > 0) return named.slice(0, MOST_SUGGESTIONS)
  return things.flatMap((one) => finders[one](topology, typed)).slice(0, MOST_SUGGESTIONS)
}
