import type { Topology } from '../topology/model'
import { connectSuggestions, migrateSuggestions } from './command-line/connect'
import { deleteSuggestions } from './command-line/deletions'
import { redeploySuggestions, scaleSuggestions, stopSuggestions } from './command-line/services'
import { MOST_SUGGESTIONS, rankOf, type Suggestion } from './command-line/suggestion'
import { gallery } from './examples/all'

export type { CommandAction, Suggestion } from './command-line/suggestion'

const wizards = [
  { name: 'namespace', href: '/create/namespace', hint: 'where names live' },
  { name: 'discovery service', href: '/create/discovery-service', hint: 'a name in a namespace' },
  { name: 'service', href: '/create/service', hint: 'tasks that are kept running' },
  { name: 'cluster', href: '/create/cluster', hint: 'where services run' },
] as const

/** `create namespace production.local` */
function createSuggestions(words: readonly string[]): readonly Suggestion[] {
  const typed = words.join(' ').toLowerCase()
  return wizards
    .filter(({ name }) => name.startsWith(typed) || typed.startsWith(`${name} `))
    .map(({ name, href, hint }) => {
      const rest = typed.startsWith(`${name} `) ? words.slice(name.split(' ').length).join(' ') : ''
      return {
        id: `create ${name}`,
        text: rest === '' ? `create ${name}` : `create ${name} ${rest}`,
        hint,
        action: { kind: 'route', href: rest === '' ? href : `${href}?name=${encodeURIComponent(rest)}` },
      }
    })
}

/** `deploy yelb`: the example's place in the gallery. */
function exampleSuggestions(verb: string, words: readonly string[]): readonly Suggestion[] {
  const typed = words.join(' ')
  return gallery
    .filter(({ id, title }) => Math.min(rankOf(id, typed), rankOf(title, typed)) < 3)
    .map(({ id, title }) => ({
      id: `${verb} ${id}`,
      text: `${verb} ${id}`,
      hint: title,
      action: { kind: 'route', href: `/examples#${id}` },
    }))
}

const verbs = [
  { verb: 'create', next: 'namespace, discovery service, service or cluster' },
  { verb: 'scale', next: 'a service, to a number of tasks' },
  { verb: 'redeploy', next: 'a service' },
  { verb: 'service connect', next: 'on or off, for a service' },
  { verb: 'migrate', next: 'a service, from service discovery to Service Connect' },
  { verb: 'stop', next: 'a task, by its id or address' },
  { verb: 'delete', next: 'a service, discovery service, namespace or cluster' },
  { verb: 'deploy', next: 'an example' },
] as const

/** Endpoints may list a thing twice; one line for it is enough. */
const onceEach = (suggestions: readonly Suggestion[]): readonly Suggestion[] => [
  ...new Map(suggestions.map((one) => [one.id, one])).values(),
]

/**
 * What a typed command can mean, the best first: `scale web to 5`, `create namespace`, `redeploy web`, `delete web`, `deploy yelb`. Empty
 * when the text is no command, and on a target that may only be read. Pure and total.
 */
export const readCommandLine = (text: string, topology: Topology): readonly Suggestion[] =>
  topology.target.readOnly ? [] : onceEach(suggestionsFor(text, topology))

function suggestionsFor(text: string, topology: Topology): readonly Suggestion[] {
  const [typedVerb = '', ...words] = text.trim().split(/\s+/)
  const verb = typedVerb.toLowerCase()
  if (verb === '') return []
  const goesOn = words.length > 0 || /\s$/.test(text)
  switch (goesOn ? verb : '') {
    case 'create':
      return createSuggestions(words)
    case 'scale':
      return scaleSuggestions(topology, words)
    case 'redeploy':
    case 'restart':
      return redeploySuggestions(topology, words)
    case 'service':
      return connectSuggestions(topology, words)
    case 'migrate':
      return migrateSuggestions(topology, words)
    case 'stop':
      return stopSuggestions(topology, words)
    case 'delete':
      return deleteSuggestions(topology, words)
    case 'remove':
      return [...exampleSuggestions('remove', words), ...deleteSuggestions(topology, words)].slice(
        0,
        MOST_SUGGESTIONS,
      )
    case 'deploy':
      return exampleSuggestions('deploy', words)
    default:
      return goesOn
        ? []
        : verbs
            .filter((one) => one.verb.startsWith(verb))
            .map((one) => ({ id: one.verb, text: `${one.verb} `, hint: one.next, action: null }))
  }
}
