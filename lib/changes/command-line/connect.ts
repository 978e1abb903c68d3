import type { Topology } from '../../topology/model'
import { type FoundService, findServices } from './services'
import { MOST_SUGGESTIONS, type Suggestion } from './suggestion'

type Way = Extract<Suggestion['action'], { kind: 'connect' }>['way']

function suggestionFor({ node, clusterArn, clusterName }: FoundService, way: Way): Suggestion {
  const texts: Readonly<Record<Way, string>> = {
    on: `service connect on for ${node.name}`,
    off: `service connect off for ${node.name}`,
    'as it is': `service connect of ${node.name}`,
    migrate: `migrate ${node.name}`,
  }
  const hints: Readonly<Record<Way, string>> = {
    on: 'client only, or client and server',
    off: 'says first whose calls would fail',
    'as it is': 'names, timeouts, clients',
    migrate: `from ${node.discovery?.dnsName ?? 'service discovery'} to Service Connect, under the same name`,
  }
  return {
    id: `connect ${way} ${node.id}`,
    text: texts[way],
    hint: `${hints[way]}, in ${clusterName}`,
    action: { kind: 'connect', clusterArn, serviceArn: node.ecs.arn, name: node.name, way },
  }
}

/** `service connect on for web`, `service connect off for web`, `service connect web`. */
export function connectSuggestions(topology: Topology, words: readonly string[]): readonly Suggestion[] {
  const [connect = '', ...rest] = words
  if (!'connect'.startsWith(connect.toLowerCase())) return []
  const wanted = rest[0]?.toLowerCase()
  const way = wanted === 'on' || wanted === 'off' ? wanted : null
  const name = rest
    .slice(way === null ? 0 : 1)
    .filter((word, at) => at > 0 || !/^(for|of)$/i.test(word))
    .join(' ')
  return findServices(topology, name)
    .flatMap((found): Suggestion[] => {
      const isOn = found.node.connect !== null
      const ways: readonly Way[] = isOn ? ['as it is', 'off'] : ['on']
      // Who writes `on` of one that is on wants its form; `off` of one that is off means another.
      const fitting =
        way === 'off' ? ways.filter((one) => one === 'off') : way === 'on' ? ways.slice(0, 1) : ways
      return fitting.map((one) => suggestionFor(found, one))
    })
    .slice(0, MOST_SUGGESTIONS)
}

/** `migrate web`: those that have a DNS name. */
export const migrateSuggestions = (topology: Topology, words: readonly string[]): readonly Suggestion[] =>
  findServices(topology, words.join(' '))
    .filter(({ node }) => typeof node.discovery?.dnsName === 'string')
    .slice(0, MOST_SUGGESTIONS)
    .map((found) => suggestionFor(found, 'migrate'))
